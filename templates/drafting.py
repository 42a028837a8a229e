"""Drafting: a filing's answers become a Word document — whole, or with numbered gaps while something is open.

Report texts are Jinja2 in reports/ (or beside the form, for packs from elsewhere), sandboxed and strict; what a
person typed is data to them, never template and never XML. The same inputs give the same bytes.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from traceback import extract_tb

from jinja2 import (
    ChoiceLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from lxml.etree import XMLSyntaxError

from scoring.answers import Answers
from scoring.beside.declared import PartOf
from scoring.beside.facts import Filed
from scoring.errors import ZipingError
from scoring.evidence import Exhibit
from scoring.form import Form
from scoring.formdata import DocumentSpec
from scoring.review.record import Reviewed
from scoring.scorecard import Scorecard, score
from templates.apart import asking
from templates.blocks import Blocks
from templates.exhibits import ANNEX, TITLE
from templates.facts import Facts, filings_for
from templates.figure_texts import UnknownName
from templates.wordfile import Part, write

REPORTS = Path(__file__).parent / "reports"
OPINION = DocumentSpec(id="review_opinion", title="审核意见表", template="review_opinion.docx.j2")  # beside those of any form
EVIDENCE = DocumentSpec(id=ANNEX, title=TITLE, template="_house/evidence.docx.j2")  # of every form that has evidence


class BadReport(ZipingError):
    """A report template that cannot be used: which one, and what is wrong."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A Word file. `gaps`: the numbers of the questions it still waits for, each once, in order."""

    content: bytes
    gaps: tuple[int, ...]
    title: str


def draft(
    form: Form,
    answers: Answers,
    document: str,
    *,
    unit: str,
    card: Scorecard | None = None,
    project: str = "",
    beside: Sequence[Filed] = (),
    reviewed: Reviewed | None = None,
    exhibits: Sequence[Exhibit] = (),
) -> Draft:
    """Draft the document with this id. `beside`: the filings it may draw from; `reviewed`: what a reviewer made of it,
    for forms that print 核查分 beside 自评分; `exhibits`: its evidence. Raises BadReport.

    Where a county wrote templates of its own, a process apart makes the document (apart/)."""
    if not any(own_templates(each) for each in (form, *(filed.form for filed in beside))):
        return draft_here(form, answers, document, unit, card, project, beside, reviewed, exhibits)
    try:
        made = asking.make((form, answers, document, unit, card, project, beside, reviewed, exhibits))
    except asking.Refused as e:
        raise BadReport(str(e)) from e
    return Draft(made.content, tuple(made.words["gaps"]), made.words["title"])


def draft_here(
    form: Form,
    answers: Answers,
    document: str,
    unit: str,
    card: Scorecard | None,
    project: str,
    beside: Sequence[Filed],
    reviewed: Reviewed | None,
    exhibits: Sequence[Exhibit],
) -> Draft:
    """The same in this very process, whoever wrote the templates."""
    spec = OPINION if document == OPINION.id else document_of(form, document)
    card = card or score(form, answers)
    facts = Facts(form, answers, card, unit, project, beside, reviewed=reviewed, exhibits=exhibits)
    gaps: set[int] = set()
    parts = []
    for reading, part in parts_of(facts, spec):
        made, open_questions = _part(reading.form, part, reading)
        parts.append(made)
        gaps.update(open_questions)
    if not parts:
        raise BadReport(f"{spec.title}：它由别的表的文件合成，那些表还没有填")
    try:
        content = write(parts)
    except (XMLSyntaxError, ValueError) as e:
        raise BadReport(f"{spec.title}：模板写出来的不是合格的文档：{e}") from e
    return Draft(content, tuple(sorted(gaps)), spec.title)


def document_of(form: Form, document: str) -> DocumentSpec:
    """The document of a form by id. Raises BadReport with the ids there are."""
    for spec in form.data.documents:
        if spec.id == document:
            return spec
    if document == ANNEX:
        return EVIDENCE
    raise BadReport(f"{form.id} 没有 {document} 这份文件；现有：{'、'.join(d.id for d in form.data.documents)}")


def parts_of(facts: Facts, spec: DocumentSpec) -> tuple[tuple[Facts, DocumentSpec], ...]:
    """The documents that are bound together in this one, each with the filing it is about; itself when it stands alone.

    A document of another form comes once per filing of that form.
    """
    if not spec.parts:
        return ((facts, spec),)
    found: list[tuple[Facts, DocumentSpec]] = []
    for part in spec.parts:
        if isinstance(part, PartOf):
            filings = filings_for(facts.form, facts.project, part.form, facts.beside)
            found += [(facts.of(f), document_of(f.form, part.document)) for f in filings]
        else:
            found.append((facts, document_of(facts.form, part)))
    return (*found, (facts, EVIDENCE)) if found and facts.exhibits else tuple(found)


def documents_now(form: Form, project: str, beside: Sequence[Filed]) -> tuple[DocumentSpec, ...]:
    """The documents that can be drafted: one that is bound from other forms alone needs a filing of them."""
    facts = Facts(form, {}, score(form, {}), "", project, beside)
    return tuple(d for d in form.data.documents if parts_of(facts, d))


def _part(form: Form, spec: DocumentSpec, facts: Facts) -> tuple[Part, list[int]]:
    blocks = Blocks()
    try:
        body = template_of(form, spec).render(**facts.vocabulary, **blocks.vocabulary)
    except (TemplateError, UnknownName) as e:
        raise BadReport(f"{spec.template}：{e}") from e
    except RecursionError as e:
        raise BadReport(f"{spec.template}：模板绕回到了自己，没有尽头") from e
    except (TypeError, ValueError, ArithmeticError, AttributeError, LookupError, AssertionError) as e:
        raise BadReport(f"{spec.template}：模板这样写算不出来（{_line_of(e, spec.template)}{type(e).__name__}：{e}）") from e
    return Part(body, blocks.landscape), blocks.gaps


def _line_of(error: BaseException, template: str) -> str:
    """The line of the template where an error came about; Jinja2 puts it into the traceback."""
    lines = [f.lineno for f in extract_tb(error.__traceback__) if f.filename == "<template>" or f.filename.endswith(template)]
    return f"第 {lines[-1]} 行，" if lines else ""


def template_of(form: Form, spec: DocumentSpec) -> Template:
    """The compiled template of one document. Raises BadReport."""
    return _template(tuple(sorted(own_templates(form).items())), spec.template)


def own_templates(form: Form) -> Mapping[str, str]:
    """Report templates that came with the form itself, by name."""
    return {path.rpartition("/")[2]: text for path, text in form.sources.items() if path.endswith(".j2")}


@lru_cache(maxsize=256)
def _template(own: tuple[tuple[str, str], ...], name: str) -> Template:
    try:
        return environment(own).get_template(name)
    except TemplateError as e:
        raise BadReport(f"{name}：{e}") from e


class Reports(FileSystemLoader):
    """The reports of the house; whatever else lies in their folder, or what no file can be called, is no template."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a report. Raises TemplateNotFound."""
        if not template.endswith(".j2") or "\0" in template:
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


@lru_cache(maxsize=64)
def environment(own: tuple[tuple[str, str], ...]) -> ImmutableSandboxedEnvironment:
    """The engine of report texts, with the templates of one form before those of the house."""
    return ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([DictLoader(dict(own)), Reports(REPORTS)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
