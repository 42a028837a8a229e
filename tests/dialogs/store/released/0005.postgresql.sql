CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.answers (
    filing_id text NOT NULL,
    item text NOT NULL,
    state text NOT NULL,
    value text,
    provisional integer DEFAULT 0 NOT NULL,
    basis text DEFAULT ''::text NOT NULL,
    ver integer DEFAULT 1 NOT NULL,
    person_id text NOT NULL,
    at bigint NOT NULL,
    reason text DEFAULT ''::text NOT NULL
);
CREATE TABLE public.assignments (
    filing_id text NOT NULL,
    section text NOT NULL,
    person_id text NOT NULL,
    by_id text NOT NULL,
    at bigint NOT NULL,
    promised text DEFAULT ''::text NOT NULL,
    done_at bigint
);
CREATE TABLE public.conversations (
    chat text NOT NULL,
    person_id text NOT NULL,
    filing_id text,
    state text NOT NULL,
    ver integer DEFAULT 1 NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.counties (
    id text NOT NULL,
    name text NOT NULL,
    settings text DEFAULT '{}'::text NOT NULL,
    created_at bigint NOT NULL
);
CREATE TABLE public.deadlines (
    id bigint NOT NULL,
    county_id text,
    unit_id text,
    filing_id text,
    form_id text NOT NULL,
    year integer NOT NULL,
    opens text,
    due text,
    reviewed text,
    published text,
    reason text DEFAULT ''::text NOT NULL,
    person_id text NOT NULL,
    at bigint NOT NULL
);
CREATE SEQUENCE public.deadlines_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.deadlines_id_seq OWNED BY public.deadlines.id;
CREATE TABLE public.documents (
    id text NOT NULL,
    filing_id text NOT NULL,
    version integer NOT NULL,
    document text NOT NULL,
    title text NOT NULL,
    edition text NOT NULL,
    inputs text NOT NULL,
    total text NOT NULL,
    grade text NOT NULL,
    gaps integer DEFAULT 0 NOT NULL,
    person_id text NOT NULL,
    at bigint NOT NULL,
    sha256 text,
    content bytea
);
CREATE TABLE public.editions (
    edition text NOT NULL,
    form_id text NOT NULL,
    sources text NOT NULL
);
CREATE TABLE public.evidence (
    id text NOT NULL,
    filing_id text NOT NULL,
    about text NOT NULL,
    place text DEFAULT ''::text NOT NULL,
    sha256 text,
    name text DEFAULT ''::text NOT NULL,
    person_id text NOT NULL,
    at bigint NOT NULL,
    removed_at bigint,
    state text DEFAULT 'waiting'::text NOT NULL,
    source text DEFAULT ''::text NOT NULL,
    chat text DEFAULT ''::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    not_before bigint DEFAULT 0 NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    told integer DEFAULT 0 NOT NULL,
    CONSTRAINT ck_evidence_about CHECK ((about = ANY (ARRAY['filing'::text, 'item'::text, 'indicator'::text]))),
    CONSTRAINT ck_evidence_state CHECK ((state = ANY (ARRAY['waiting'::text, 'stored'::text, 'refused'::text])))
);
CREATE TABLE public.files (
    sha256 text NOT NULL,
    size bigint NOT NULL,
    media_type text NOT NULL,
    content bytea NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.filings (
    id text NOT NULL,
    unit_id text NOT NULL,
    year integer NOT NULL,
    form_id text NOT NULL,
    project text DEFAULT ''::text NOT NULL,
    edition text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    documents integer DEFAULT 0 NOT NULL,
    state text DEFAULT 'open'::text NOT NULL,
    round integer DEFAULT 0 NOT NULL,
    state_at bigint DEFAULT 0 NOT NULL,
    done integer DEFAULT 0 NOT NULL,
    total integer DEFAULT 0 NOT NULL,
    at_item text DEFAULT ''::text NOT NULL,
    answered_at bigint,
    CONSTRAINT ck_filings_state CHECK ((state = ANY (ARRAY['open'::text, 'submitted'::text, 'returned'::text, 'approved'::text])))
);
CREATE TABLE public.history (
    id bigint NOT NULL,
    filing_id text NOT NULL,
    item text NOT NULL,
    old text,
    new text,
    person_id text NOT NULL,
    at bigint NOT NULL,
    inbox_id bigint,
    message bigint DEFAULT 0 NOT NULL
);
CREATE SEQUENCE public.history_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.history_id_seq OWNED BY public.history.id;
CREATE TABLE public.inbox (
    id bigint NOT NULL,
    channel text NOT NULL,
    bot text NOT NULL,
    update_id bigint NOT NULL,
    chat text NOT NULL,
    person text NOT NULL,
    body text NOT NULL,
    at bigint NOT NULL,
    state text DEFAULT 'new'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    not_before bigint DEFAULT 0 NOT NULL,
    error text DEFAULT ''::text NOT NULL,
    CONSTRAINT ck_inbox_state CHECK ((state = ANY (ARRAY['new'::text, 'done'::text, 'parked'::text])))
);
CREATE SEQUENCE public.inbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.inbox_id_seq OWNED BY public.inbox.id;
CREATE TABLE public.invitations (
    id text NOT NULL,
    code_hash text NOT NULL,
    county_id text,
    unit_id text,
    role text NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    created_by text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    used_by text,
    used_at bigint,
    revoked_at bigint,
    CONSTRAINT ck_invitations_role CHECK ((role = ANY (ARRAY['filler'::text, 'reviewer'::text, 'observer'::text, 'administrator'::text, 'overseer'::text])))
);
CREATE TABLE public.jobs (
    id text NOT NULL,
    person_id text NOT NULL,
    chat text NOT NULL,
    kind text NOT NULL,
    body text DEFAULT '{}'::text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    done integer DEFAULT 0 NOT NULL,
    total integer DEFAULT 0 NOT NULL,
    message_id bigint,
    lease_until bigint DEFAULT 0 NOT NULL,
    result text DEFAULT '{}'::text NOT NULL,
    at bigint NOT NULL,
    updated_at bigint NOT NULL,
    CONSTRAINT ck_jobs_state CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text, 'cancelled'::text])))
);
CREATE TABLE public.journal (
    id bigint NOT NULL,
    at bigint NOT NULL,
    person_id text NOT NULL,
    act text NOT NULL,
    county_id text,
    unit_id text,
    filing_id text,
    detail text DEFAULT '{}'::text NOT NULL
);
CREATE SEQUENCE public.journal_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.journal_id_seq OWNED BY public.journal.id;
CREATE TABLE public.memberships (
    person_id text NOT NULL,
    unit_id text NOT NULL,
    role text NOT NULL,
    at bigint DEFAULT 0 NOT NULL,
    CONSTRAINT ck_memberships_role CHECK ((role = ANY (ARRAY['filler'::text, 'reviewer'::text, 'observer'::text])))
);
CREATE TABLE public.notice_lines (
    notice_id text NOT NULL,
    reminder_id bigint NOT NULL
);
CREATE TABLE public.notices (
    id text NOT NULL,
    person_id text NOT NULL,
    kind text NOT NULL,
    key text NOT NULL,
    due_at bigint NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    body text DEFAULT '{}'::text NOT NULL,
    actions text DEFAULT '[]'::text NOT NULL,
    outbox_id bigint,
    at bigint NOT NULL,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT ck_notices_state CHECK ((state = ANY (ARRAY['waiting'::text, 'queued'::text, 'sent'::text, 'void'::text])))
);
CREATE TABLE public.office_settings (
    key text NOT NULL,
    value text NOT NULL
);
CREATE TABLE public.officers (
    person_id text NOT NULL,
    county_id text NOT NULL,
    role text NOT NULL,
    at bigint DEFAULT 0 NOT NULL,
    CONSTRAINT ck_officers_role CHECK ((role = ANY (ARRAY['administrator'::text, 'overseer'::text])))
);
CREATE TABLE public.outbox (
    id bigint NOT NULL,
    chat text NOT NULL,
    inbox_id bigint,
    kind text NOT NULL,
    body text NOT NULL,
    state text DEFAULT 'new'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    lease_until bigint DEFAULT 0 NOT NULL,
    not_before bigint DEFAULT 0 NOT NULL,
    message_id bigint,
    ambiguous integer DEFAULT 0 NOT NULL,
    error text DEFAULT ''::text NOT NULL,
    at bigint NOT NULL,
    CONSTRAINT ck_outbox_state CHECK ((state = ANY (ARRAY['new'::text, 'sending'::text, 'sent'::text, 'parked'::text])))
);
CREATE SEQUENCE public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.outbox_id_seq OWNED BY public.outbox.id;
CREATE TABLE public.people (
    id text NOT NULL,
    channel text NOT NULL,
    address text NOT NULL,
    created_at bigint NOT NULL,
    name text DEFAULT ''::text NOT NULL,
    settings text DEFAULT '{}'::text NOT NULL,
    blocked_at bigint,
    forgotten_at bigint
);
CREATE TABLE public.proposals (
    id text NOT NULL,
    filing_id text NOT NULL,
    item text NOT NULL,
    asked_by text NOT NULL,
    asked_of text,
    code_hash text,
    question text DEFAULT ''::text NOT NULL,
    created_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    answer text,
    answered_by text,
    answered_at bigint,
    verdict text DEFAULT ''::text NOT NULL,
    decided_at bigint,
    CONSTRAINT ck_proposals_verdict CHECK ((verdict = ANY (ARRAY[''::text, 'withdrawn'::text, 'accepted'::text, 'declined'::text])))
);
CREATE TABLE public.remarks (
    id text NOT NULL,
    filing_id text NOT NULL,
    round integer NOT NULL,
    about text NOT NULL,
    place text DEFAULT ''::text NOT NULL,
    person_id text NOT NULL,
    at bigint NOT NULL,
    text text NOT NULL,
    done_at bigint,
    done_by text,
    CONSTRAINT ck_remarks_about CHECK ((about = ANY (ARRAY['filing'::text, 'item'::text, 'indicator'::text])))
);
CREATE TABLE public.reminders (
    id bigint NOT NULL,
    filing_id text NOT NULL,
    kind text NOT NULL,
    deadline bigint NOT NULL,
    due_at bigint NOT NULL,
    state text DEFAULT 'due'::text NOT NULL,
    at bigint,
    reason text DEFAULT ''::text NOT NULL,
    CONSTRAINT ck_reminders_state CHECK ((state = ANY (ARRAY['due'::text, 'collected'::text, 'void'::text])))
);
CREATE SEQUENCE public.reminders_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.reminders_id_seq OWNED BY public.reminders.id;
CREATE TABLE public.submissions (
    filing_id text NOT NULL,
    round integer NOT NULL,
    person_id text NOT NULL,
    at bigint NOT NULL,
    gaps integer DEFAULT 0 NOT NULL,
    edition text NOT NULL,
    inputs text NOT NULL,
    total text DEFAULT ''::text NOT NULL,
    grade text DEFAULT ''::text NOT NULL,
    verdict text DEFAULT ''::text NOT NULL,
    reviewer_id text,
    decided_at bigint,
    remark text DEFAULT ''::text NOT NULL,
    version integer,
    CONSTRAINT ck_submissions_verdict CHECK ((verdict = ANY (ARRAY[''::text, 'withdrawn'::text, 'returned'::text, 'approved'::text])))
);
CREATE TABLE public.survey_answers (
    survey_id text NOT NULL,
    respondent text NOT NULL,
    marks text NOT NULL,
    valid integer DEFAULT 1 NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.surveys (
    id text NOT NULL,
    filing_id text NOT NULL,
    item text NOT NULL,
    code text NOT NULL,
    salt text NOT NULL,
    questions text DEFAULT '[]'::text NOT NULL,
    issued integer,
    minimum integer DEFAULT 0 NOT NULL,
    opens_at bigint NOT NULL,
    closes_at bigint,
    closed_at bigint,
    created_by text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.units (
    id text NOT NULL,
    name text NOT NULL,
    created_at bigint NOT NULL,
    county_id text,
    code text DEFAULT ''::text NOT NULL,
    "grouping" text DEFAULT ''::text NOT NULL,
    supervisor_id text,
    closed_at bigint
);
CREATE TABLE public.verified_points (
    filing_id text NOT NULL,
    indicator text NOT NULL,
    points text NOT NULL,
    own text DEFAULT ''::text NOT NULL,
    reason text NOT NULL,
    person_id text NOT NULL,
    at bigint NOT NULL
);
CREATE TABLE public.wrong_codes (
    id bigint NOT NULL,
    person_id text NOT NULL,
    at bigint NOT NULL
);
CREATE SEQUENCE public.wrong_codes_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.wrong_codes_id_seq OWNED BY public.wrong_codes.id;
ALTER TABLE ONLY public.deadlines ALTER COLUMN id SET DEFAULT nextval('public.deadlines_id_seq'::regclass);
ALTER TABLE ONLY public.history ALTER COLUMN id SET DEFAULT nextval('public.history_id_seq'::regclass);
ALTER TABLE ONLY public.inbox ALTER COLUMN id SET DEFAULT nextval('public.inbox_id_seq'::regclass);
ALTER TABLE ONLY public.journal ALTER COLUMN id SET DEFAULT nextval('public.journal_id_seq'::regclass);
ALTER TABLE ONLY public.outbox ALTER COLUMN id SET DEFAULT nextval('public.outbox_id_seq'::regclass);
ALTER TABLE ONLY public.reminders ALTER COLUMN id SET DEFAULT nextval('public.reminders_id_seq'::regclass);
ALTER TABLE ONLY public.wrong_codes ALTER COLUMN id SET DEFAULT nextval('public.wrong_codes_id_seq'::regclass);
INSERT INTO public.alembic_version VALUES ('0005');
INSERT INTO public.answers VALUES ('00000005', 'staff', 'given', '"31"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'retired', 'given', '"6"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'reception', 'given', '["2.47","2","1.17"]', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'buying', 'given', '"10"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'bought', 'given', '"10"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'carry', 'given', '"1"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'carry_prior', 'given', '"2"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'progress', 'given', '"98.5"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'projects', 'given', '[["业务专项","56"]]', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'goals', 'given', '["law","plan"]', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'wrongs', 'given', '"0"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'has_fund', 'given', 'false', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'nature', 'given', '"full"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'outside', 'given', '["9","10","绩效办"]', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'benefit', 'given', '["18","群众评价好"]', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'problems', 'given', '"预算编制还不够细。"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'filler', 'given', '"李四"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'phone', 'given', '"0745-1234567"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'filled_on', 'given', '"2021-03-01"', 0, '', 1, '00000001', 1614564000, '');
INSERT INTO public.answers VALUES ('00000005', 'quota', 'given', '"38"', 0, '', 2, '00000003', 1614564000, '');
INSERT INTO public.conversations VALUES ('test:2', '00000004', '00000005', '{"screen":"reviewing","item":"","turn":"00000045","actions":["rv_changes:0","rv_card:0","rv_answers:0","evidence","rv_remarks:0","papers","rv_reopen","rv_waiting:0","home"],"labels":["只看改动","评分表","看答案","缺佐证 3 项","意见","要文件","重新打开","待审核","换一张表"],"before":"00000036.0","pending":{"page":"rv"},"revisited":[],"undo":[],"latest":"","hat":"","unfinished":[]}', 10, 1614564000);
INSERT INTO public.conversations VALUES ('test:1', '00000003', '00000005', '{"screen":"reviewing","item":"","turn":"00000046","actions":["rv"],"labels":["回审核页"],"before":"00000032","pending":{"page":"rv_answers:0"},"revisited":[],"undo":[],"latest":"","hat":"","unfinished":[]}', 16, 1614564000);
INSERT INTO public.counties VALUES ('c1', '小县', '{}', 1614564000);
INSERT INTO public.documents VALUES ('00000037', '00000005', 1, 'report', '小报告', 'a0f6b22b7695', '{"unit": "小县社保中心", "project": "", "answers": {"benefit": {"state": "given", "value": "[\"18\",\"群众评价好\"]", "provisional": false, "basis": ""}, "bought": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "buying": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "carry": {"state": "given", "value": "\"1\"", "provisional": false, "basis": ""}, "carry_prior": {"state": "given", "value": "\"2\"", "provisional": false, "basis": ""}, "filled_on": {"state": "given", "value": "\"2021-03-01\"", "provisional": false, "basis": ""}, "filler": {"state": "given", "value": "\"李四\"", "provisional": false, "basis": ""}, "goals": {"state": "given", "value": "[\"law\",\"plan\"]", "provisional": false, "basis": ""}, "has_fund": {"state": "given", "value": "false", "provisional": false, "basis": ""}, "nature": {"state": "given", "value": "\"full\"", "provisional": false, "basis": ""}, "outside": {"state": "given", "value": "[\"9\",\"10\",\"绩效办\"]", "provisional": false, "basis": ""}, "phone": {"state": "given", "value": "\"0745-1234567\"", "provisional": false, "basis": ""}, "problems": {"state": "given", "value": "\"预算编制还不够细。\"", "provisional": false, "basis": ""}, "progress": {"state": "given", "value": "\"98.5\"", "provisional": false, "basis": ""}, "projects": {"state": "given", "value": "[[\"业务专项\",\"56\"]]", "provisional": false, "basis": ""}, "quota": {"state": "given", "value": "\"38\"", "provisional": false, "basis": ""}, "reception": {"state": "given", "value": "[\"2.47\",\"2\",\"1.17\"]", "provisional": false, "basis": ""}, "retired": {"state": "given", "value": "\"6\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}, "wrongs": {"state": "given", "value": "\"0\"", "provisional": false, "basis": ""}}, "beside": [], "review": {"points": {}, "rounds": [[1, "退回", "2021年3月1日", "", [["", "请补充", ""]]], [2, "通过", "2021年3月1日", "", []]]}}', '97', '优', 0, '00000004', 1614564000, NULL, NULL);
INSERT INTO public.documents VALUES ('00000038', '00000005', 1, 'table', '小评分表', 'a0f6b22b7695', '{"unit": "小县社保中心", "project": "", "answers": {"benefit": {"state": "given", "value": "[\"18\",\"群众评价好\"]", "provisional": false, "basis": ""}, "bought": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "buying": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "carry": {"state": "given", "value": "\"1\"", "provisional": false, "basis": ""}, "carry_prior": {"state": "given", "value": "\"2\"", "provisional": false, "basis": ""}, "filled_on": {"state": "given", "value": "\"2021-03-01\"", "provisional": false, "basis": ""}, "filler": {"state": "given", "value": "\"李四\"", "provisional": false, "basis": ""}, "goals": {"state": "given", "value": "[\"law\",\"plan\"]", "provisional": false, "basis": ""}, "has_fund": {"state": "given", "value": "false", "provisional": false, "basis": ""}, "nature": {"state": "given", "value": "\"full\"", "provisional": false, "basis": ""}, "outside": {"state": "given", "value": "[\"9\",\"10\",\"绩效办\"]", "provisional": false, "basis": ""}, "phone": {"state": "given", "value": "\"0745-1234567\"", "provisional": false, "basis": ""}, "problems": {"state": "given", "value": "\"预算编制还不够细。\"", "provisional": false, "basis": ""}, "progress": {"state": "given", "value": "\"98.5\"", "provisional": false, "basis": ""}, "projects": {"state": "given", "value": "[[\"业务专项\",\"56\"]]", "provisional": false, "basis": ""}, "quota": {"state": "given", "value": "\"38\"", "provisional": false, "basis": ""}, "reception": {"state": "given", "value": "[\"2.47\",\"2\",\"1.17\"]", "provisional": false, "basis": ""}, "retired": {"state": "given", "value": "\"6\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}, "wrongs": {"state": "given", "value": "\"0\"", "provisional": false, "basis": ""}}, "beside": [], "review": {"points": {}, "rounds": [[1, "退回", "2021年3月1日", "", [["", "请补充", ""]]], [2, "通过", "2021年3月1日", "", []]]}}', '97', '优', 0, '00000004', 1614564000, NULL, NULL);
INSERT INTO public.documents VALUES ('00000039', '00000005', 1, 'complete', '小全套', 'a0f6b22b7695', '{"unit": "小县社保中心", "project": "", "answers": {"benefit": {"state": "given", "value": "[\"18\",\"群众评价好\"]", "provisional": false, "basis": ""}, "bought": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "buying": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "carry": {"state": "given", "value": "\"1\"", "provisional": false, "basis": ""}, "carry_prior": {"state": "given", "value": "\"2\"", "provisional": false, "basis": ""}, "filled_on": {"state": "given", "value": "\"2021-03-01\"", "provisional": false, "basis": ""}, "filler": {"state": "given", "value": "\"李四\"", "provisional": false, "basis": ""}, "goals": {"state": "given", "value": "[\"law\",\"plan\"]", "provisional": false, "basis": ""}, "has_fund": {"state": "given", "value": "false", "provisional": false, "basis": ""}, "nature": {"state": "given", "value": "\"full\"", "provisional": false, "basis": ""}, "outside": {"state": "given", "value": "[\"9\",\"10\",\"绩效办\"]", "provisional": false, "basis": ""}, "phone": {"state": "given", "value": "\"0745-1234567\"", "provisional": false, "basis": ""}, "problems": {"state": "given", "value": "\"预算编制还不够细。\"", "provisional": false, "basis": ""}, "progress": {"state": "given", "value": "\"98.5\"", "provisional": false, "basis": ""}, "projects": {"state": "given", "value": "[[\"业务专项\",\"56\"]]", "provisional": false, "basis": ""}, "quota": {"state": "given", "value": "\"38\"", "provisional": false, "basis": ""}, "reception": {"state": "given", "value": "[\"2.47\",\"2\",\"1.17\"]", "provisional": false, "basis": ""}, "retired": {"state": "given", "value": "\"6\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}, "wrongs": {"state": "given", "value": "\"0\"", "provisional": false, "basis": ""}}, "beside": [], "review": {"points": {}, "rounds": [[1, "退回", "2021年3月1日", "", [["", "请补充", ""]]], [2, "通过", "2021年3月1日", "", []]]}}', '97', '优', 0, '00000004', 1614564000, NULL, NULL);
INSERT INTO public.documents VALUES ('00000040', '00000005', 1, 'review_opinion', '审核意见表', 'a0f6b22b7695', '{"unit": "小县社保中心", "project": "", "answers": {"benefit": {"state": "given", "value": "[\"18\",\"群众评价好\"]", "provisional": false, "basis": ""}, "bought": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "buying": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "carry": {"state": "given", "value": "\"1\"", "provisional": false, "basis": ""}, "carry_prior": {"state": "given", "value": "\"2\"", "provisional": false, "basis": ""}, "filled_on": {"state": "given", "value": "\"2021-03-01\"", "provisional": false, "basis": ""}, "filler": {"state": "given", "value": "\"李四\"", "provisional": false, "basis": ""}, "goals": {"state": "given", "value": "[\"law\",\"plan\"]", "provisional": false, "basis": ""}, "has_fund": {"state": "given", "value": "false", "provisional": false, "basis": ""}, "nature": {"state": "given", "value": "\"full\"", "provisional": false, "basis": ""}, "outside": {"state": "given", "value": "[\"9\",\"10\",\"绩效办\"]", "provisional": false, "basis": ""}, "phone": {"state": "given", "value": "\"0745-1234567\"", "provisional": false, "basis": ""}, "problems": {"state": "given", "value": "\"预算编制还不够细。\"", "provisional": false, "basis": ""}, "progress": {"state": "given", "value": "\"98.5\"", "provisional": false, "basis": ""}, "projects": {"state": "given", "value": "[[\"业务专项\",\"56\"]]", "provisional": false, "basis": ""}, "quota": {"state": "given", "value": "\"38\"", "provisional": false, "basis": ""}, "reception": {"state": "given", "value": "[\"2.47\",\"2\",\"1.17\"]", "provisional": false, "basis": ""}, "retired": {"state": "given", "value": "\"6\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}, "wrongs": {"state": "given", "value": "\"0\"", "provisional": false, "basis": ""}}, "beside": [], "review": {"points": {}, "rounds": [[1, "退回", "2021年3月1日", "", [["", "请补充", ""]]], [2, "通过", "2021年3月1日", "", []]]}}', '97', '优', 0, '00000004', 1614564000, NULL, NULL);
INSERT INTO public.documents VALUES ('00000041', '00000005', 1, 'summary.xlsx', '答案汇总表', 'a0f6b22b7695', '{"unit": "小县社保中心", "project": "", "answers": {"benefit": {"state": "given", "value": "[\"18\",\"群众评价好\"]", "provisional": false, "basis": ""}, "bought": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "buying": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "carry": {"state": "given", "value": "\"1\"", "provisional": false, "basis": ""}, "carry_prior": {"state": "given", "value": "\"2\"", "provisional": false, "basis": ""}, "filled_on": {"state": "given", "value": "\"2021-03-01\"", "provisional": false, "basis": ""}, "filler": {"state": "given", "value": "\"李四\"", "provisional": false, "basis": ""}, "goals": {"state": "given", "value": "[\"law\",\"plan\"]", "provisional": false, "basis": ""}, "has_fund": {"state": "given", "value": "false", "provisional": false, "basis": ""}, "nature": {"state": "given", "value": "\"full\"", "provisional": false, "basis": ""}, "outside": {"state": "given", "value": "[\"9\",\"10\",\"绩效办\"]", "provisional": false, "basis": ""}, "phone": {"state": "given", "value": "\"0745-1234567\"", "provisional": false, "basis": ""}, "problems": {"state": "given", "value": "\"预算编制还不够细。\"", "provisional": false, "basis": ""}, "progress": {"state": "given", "value": "\"98.5\"", "provisional": false, "basis": ""}, "projects": {"state": "given", "value": "[[\"业务专项\",\"56\"]]", "provisional": false, "basis": ""}, "quota": {"state": "given", "value": "\"38\"", "provisional": false, "basis": ""}, "reception": {"state": "given", "value": "[\"2.47\",\"2\",\"1.17\"]", "provisional": false, "basis": ""}, "retired": {"state": "given", "value": "\"6\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}, "wrongs": {"state": "given", "value": "\"0\"", "provisional": false, "basis": ""}}, "beside": [], "review": {"points": {}, "rounds": [[1, "退回", "2021年3月1日", "", [["", "请补充", ""]]], [2, "通过", "2021年3月1日", "", []]]}}', '97', '优', 0, '00000004', 1614564000, NULL, NULL);
INSERT INTO public.documents VALUES ('00000042', '00000005', 1, 'package.zip', '全套单独的文件', 'a0f6b22b7695', '{"unit": "小县社保中心", "project": "", "answers": {"benefit": {"state": "given", "value": "[\"18\",\"群众评价好\"]", "provisional": false, "basis": ""}, "bought": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "buying": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "carry": {"state": "given", "value": "\"1\"", "provisional": false, "basis": ""}, "carry_prior": {"state": "given", "value": "\"2\"", "provisional": false, "basis": ""}, "filled_on": {"state": "given", "value": "\"2021-03-01\"", "provisional": false, "basis": ""}, "filler": {"state": "given", "value": "\"李四\"", "provisional": false, "basis": ""}, "goals": {"state": "given", "value": "[\"law\",\"plan\"]", "provisional": false, "basis": ""}, "has_fund": {"state": "given", "value": "false", "provisional": false, "basis": ""}, "nature": {"state": "given", "value": "\"full\"", "provisional": false, "basis": ""}, "outside": {"state": "given", "value": "[\"9\",\"10\",\"绩效办\"]", "provisional": false, "basis": ""}, "phone": {"state": "given", "value": "\"0745-1234567\"", "provisional": false, "basis": ""}, "problems": {"state": "given", "value": "\"预算编制还不够细。\"", "provisional": false, "basis": ""}, "progress": {"state": "given", "value": "\"98.5\"", "provisional": false, "basis": ""}, "projects": {"state": "given", "value": "[[\"业务专项\",\"56\"]]", "provisional": false, "basis": ""}, "quota": {"state": "given", "value": "\"38\"", "provisional": false, "basis": ""}, "reception": {"state": "given", "value": "[\"2.47\",\"2\",\"1.17\"]", "provisional": false, "basis": ""}, "retired": {"state": "given", "value": "\"6\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}, "wrongs": {"state": "given", "value": "\"0\"", "provisional": false, "basis": ""}}, "beside": [], "review": {"points": {}, "rounds": [[1, "退回", "2021年3月1日", "", [["", "请补充", ""]]], [2, "通过", "2021年3月1日", "", []]]}}', '97', '优', 0, '00000004', 1614564000, NULL, NULL);
INSERT INTO public.editions VALUES ('a0f6b22b7695', 'small/tiny', '{"pack.yaml": "\ncounty: 小县\ntitle: 小县套表\nyear: 2020\ngrades: [{name: 优, from: 90}, {name: 良, from: 80}, {name: 中, from: 60}, {name: 差, from: 0}]\n", "tiny/form.yaml": "\ntitle: 小表\nintro: 题目不多。\nsections:\n  - id: people\n    title: 人员\n    intro: 先说人数。\n    items:\n      - {id: quota, type: count, label: 编制数, unit: 人, ask: 核定编制多少人？, source: 编制批复, help: 看批文。, good: 37}\n      - {id: staff, type: count, label: 在职人数, unit: 人, ask: 年末在职多少人？, good: 31}\n      - {id: retired, type: count, label: 退休人数, unit: 人, optional: true}\n  - id: money\n    title: 经费\n    items:\n      - id: reception\n        type: row\n        label: 公务接待\n        columns:\n          - {id: prior_final, label: 上年决算, unit: 万元, last_year: final}\n          - {id: budget, label: 本年预算, unit: 万元}\n          - {id: final, label: 本年决算, unit: 万元}\n      - {id: buying, type: money, label: 政府采购预算, not_applicable: 本年度没有政府采购}\n      - {id: bought, type: money, label: 实际政府采购, when: buying > 0}\n      - {id: carry, type: money, label: 本年结转}\n      - {id: carry_prior, type: money, label: 上年结转}\n      - {id: progress, type: percent, label: 支付进度}\n      - id: projects\n        type: rows\n        label: 项目\n        columns: [{id: name, label: 名称, type: text}, {id: budget, label: 预算, unit: 万元}]\n  - id: quality\n    title: 质量\n    items:\n      - id: goals\n        type: checklist\n        label: 目标要点\n        criteria:\n          - {id: law, text: 符合法律法规}\n          - {id: plan, text: 符合规划}\n          - {id: misuse, text: 存在挪用, bad: true}\n      - {id: wrongs, type: instances, label: 违规例数}\n      - {id: has_fund, type: yes_no, label: 有政府性基金}\n      - {id: fund_text, type: long_text, label: 基金情况, when: has_fund}\n      - {id: nature, type: choice, label: 单位性质, options: [{id: full, text: 全额}, {id: part, text: 差额}]}\n      - {id: outside, type: external_score, label: 绩效办得分}\n      - {id: benefit, type: manual_score, label: 社会效益, max: 20}\n  - id: words\n    title: 文字\n    items:\n      - {id: problems, type: long_text, label: 存在的问题}\n      - {id: filler, type: person, label: 填表人}\n      - {id: phone, type: phone, label: 联系电话}\n      - {id: filled_on, type: date, label: 填报日期}\n", "tiny/indicators.yaml": "\nindicators:\n  - id: all\n    name: 全部\n    weight: 100\n    children:\n      - {id: i_staff, name: 在职人员控制率, weight: 20, printed_rule: ≤100%计满分；每超过1个百分点扣0.5分。,\n         rule: {kind: ratio_step, metric: staff / quota, target: 100, direction: above, step: 1, deduct: 0.5}}\n      - {id: i_buy, name: 政府采购执行率, weight: 10, printed_rule: 100%计满分，每超过（降低）5%扣1分。,\n         rule: {kind: ratio_step, metric: bought / buying, target: 100, direction: both, step: 5, deduct: 1}}\n      - {id: i_carry, name: 结转变动率, weight: 10, printed_rule: 0%计满分，每超过5%扣1分。,\n         rule: {kind: ratio_step, metric: (carry - carry_prior) / carry_prior, target: 0, direction: above, step: 5, deduct: 1}}\n      - {id: i_goals, name: 目标合理性, weight: 20, printed_rule: 三个要点。,\n         rule: {kind: checklist_add, item: goals, points: [5, 5, 10]}}\n      - {id: i_wrongs, name: 合规性, weight: 10, printed_rule: 每例扣2分。, rule: {kind: deduct_per_item, item: wrongs, deduct: 2}}\n      - {id: i_outside, name: 重点工作, weight: 10, printed_rule: 折算。, rule: {kind: converted, item: outside, mode: scale}}\n      - {id: i_benefit, name: 社会效益, weight: 20, printed_rule: 酌情。, rule: {kind: discretionary, item: benefit}}\n", "tiny/checks.yaml": "\ncomputed:\n  - {id: staff_rate, label: 控制率, formula: staff / quota * 100, unit: \"%\"}\nchecks:\n  - {id: reception_over, code: OVER_BUDGET, severity: 需说明, that: reception.final <= reception.budget,\n     say: \"公务接待决算 {left} 大于预算 {right}\"}\n  - {id: over_quota, code: RATIO, severity: 错误, that: staff <= quota * 2, say: \"在职 {left} 远多于编制 {right}\"}\n", "tiny/documents.yaml": "\ndocuments:\n  - {id: report, title: 小报告, template: tiny/report.docx.j2}\n  - {id: table, title: 小评分表, template: tiny/table.docx.j2}\n  - {id: complete, title: 小全套, parts: [report, table]}\n"}');
INSERT INTO public.files VALUES ('0f4636c78f65d3639ece5a064b5ae753e3408614a14fb18ab4d7540d2c248543', 4, 'image/png', '\x89504e47', 1614556800);
INSERT INTO public.filings VALUES ('00000005', '00000002', 2020, 'small/tiny', '', 'a0f6b22b7695', '00000001', 1614564000, 1, 'approved', 2, 1614564000, 20, 20, '', 1614564000);
INSERT INTO public.history VALUES (1, '00000005', 'quota', NULL, '{"state": "given", "value": "\"37\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (2, '00000005', 'staff', NULL, '{"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (3, '00000005', 'retired', NULL, '{"state": "given", "value": "\"6\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (4, '00000005', 'reception', NULL, '{"state": "given", "value": "[\"2.47\",\"2\",\"1.17\"]", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (5, '00000005', 'buying', NULL, '{"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (6, '00000005', 'bought', NULL, '{"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (7, '00000005', 'carry', NULL, '{"state": "given", "value": "\"1\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (8, '00000005', 'carry_prior', NULL, '{"state": "given", "value": "\"2\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (9, '00000005', 'progress', NULL, '{"state": "given", "value": "\"98.5\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (10, '00000005', 'projects', NULL, '{"state": "given", "value": "[[\"业务专项\",\"56\"]]", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (11, '00000005', 'goals', NULL, '{"state": "given", "value": "[\"law\",\"plan\"]", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (12, '00000005', 'wrongs', NULL, '{"state": "given", "value": "\"0\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (13, '00000005', 'has_fund', NULL, '{"state": "given", "value": "false", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (14, '00000005', 'nature', NULL, '{"state": "given", "value": "\"full\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (15, '00000005', 'outside', NULL, '{"state": "given", "value": "[\"9\",\"10\",\"绩效办\"]", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (16, '00000005', 'benefit', NULL, '{"state": "given", "value": "[\"18\",\"群众评价好\"]", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (17, '00000005', 'problems', NULL, '{"state": "given", "value": "\"预算编制还不够细。\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (18, '00000005', 'filler', NULL, '{"state": "given", "value": "\"李四\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (19, '00000005', 'phone', NULL, '{"state": "given", "value": "\"0745-1234567\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (20, '00000005', 'filled_on', NULL, '{"state": "given", "value": "\"2021-03-01\"", "provisional": false, "basis": ""}', '00000001', 1614564000, NULL, 0);
INSERT INTO public.history VALUES (21, '00000005', 'quota', '{"state": "given", "value": "\"37\"", "provisional": false, "basis": ""}', '{"state": "given", "value": "\"38\"", "provisional": false, "basis": ""}', '00000003', 1614564000, 15, 0);
INSERT INTO public.inbox VALUES (1, 'test', 'bot', 1000001, 'test:1', 'test:1', '{"said": "/start", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (2, 'test', 'bot', 1000002, 'test:1', 'test:1', '{"pressed": "00000006.0", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (3, 'test', 'bot', 1000003, 'test:1', 'test:1', '{"said": "\u63d0\u4ea4", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (4, 'test', 'bot', 1000004, 'test:1', 'test:1', '{"pressed": "00000008.0", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (5, 'test', 'bot', 2000005, 'test:2', 'test:2', '{"said": "/start", "chat": "test:2"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (6, 'test', 'bot', 2000006, 'test:2', 'test:2', '{"pressed": "00000012.1", "chat": "test:2"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (7, 'test', 'bot', 2000007, 'test:2', 'test:2', '{"pressed": "00000013.4", "chat": "test:2"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (8, 'test', 'bot', 2000008, 'test:2', 'test:2', '{"said": "\u8bf7\u8865\u5145", "chat": "test:2"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (9, 'test', 'bot', 2000009, 'test:2', 'test:2', '{"pressed": "00000015.0", "chat": "test:2"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (10, 'test', 'bot', 1000010, 'test:1', 'test:1', '{"said": "/start", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (11, 'test', 'bot', 1000011, 'test:1', 'test:1', '{"said": "\u6362\u4e00\u5f20\u8868", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (12, 'test', 'bot', 1000012, 'test:1', 'test:1', '{"pressed": "00000021.0", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (13, 'test', 'bot', 1000013, 'test:1', 'test:1', '{"said": "\u7b2c1\u9898", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (14, 'test', 'bot', 1000014, 'test:1', 'test:1', '{"said": "38", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (15, 'test', 'bot', 1000015, 'test:1', 'test:1', '{"pressed": "00000024.0", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (16, 'test', 'bot', 1000016, 'test:1', 'test:1', '{"said": "/start", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (17, 'test', 'bot', 1000017, 'test:1', 'test:1', '{"said": "\u6362\u4e00\u5f20\u8868", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (18, 'test', 'bot', 1000018, 'test:1', 'test:1', '{"pressed": "00000027.0", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (19, 'test', 'bot', 1000019, 'test:1', 'test:1', '{"said": "\u63d0\u4ea4", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (20, 'test', 'bot', 1000020, 'test:1', 'test:1', '{"pressed": "00000029.0", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (21, 'test', 'bot', 2000021, 'test:2', 'test:2', '{"said": "/start", "chat": "test:2"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (22, 'test', 'bot', 2000022, 'test:2', 'test:2', '{"said": "\u6362\u4e00\u5f20\u8868", "chat": "test:2"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (23, 'test', 'bot', 2000023, 'test:2', 'test:2', '{"pressed": "00000034.1", "chat": "test:2"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (24, 'test', 'bot', 2000024, 'test:2', 'test:2', '{"pressed": "00000035.7", "chat": "test:2"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (25, 'test', 'bot', 2000025, 'test:2', 'test:2', '{"pressed": "00000036.0", "chat": "test:2"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (26, 'test', 'bot', 1000026, 'test:1', 'test:1', '{"said": "31", "chat": "test:1"}', 1614564000, 'done', 0, 0, '');
INSERT INTO public.inbox VALUES (27, 'test', 'bot', 1000027, 'test:1', 'test:1', '{"said": "/start", "chat": "test:1"}', 1614564000, 'new', 0, 0, '');
INSERT INTO public.journal VALUES (1, 1614564000, '00000003', 'submitted', 'c1', '00000002', '00000005', '{"round": 1, "gaps": 0, "total": "97"}');
INSERT INTO public.journal VALUES (2, 1614564000, '00000004', 'returned', 'c1', '00000002', '00000005', '{"round": 1, "remarks": 1}');
INSERT INTO public.journal VALUES (3, 1614564000, '00000003', 'submitted', 'c1', '00000002', '00000005', '{"round": 2, "gaps": 0, "total": "97"}');
INSERT INTO public.journal VALUES (4, 1614564000, '00000004', 'approved', 'c1', '00000002', '00000005', '{"round": 2, "version": 1, "total": "97"}');
INSERT INTO public.memberships VALUES ('00000003', '00000002', 'filler', 1614564000);
INSERT INTO public.memberships VALUES ('00000004', '00000002', 'reviewer', 1614564000);
INSERT INTO public.notices VALUES ('000000090000', '00000004', 'submitted', 'submitted:00000005:1', 1614564000, 'sent', '{"text": "小县社保中心 提交了 2020年度《小表》，请审核。\n自评 97 分，优。", "labels": [["去审核"]]}', '["filing:00000005"]', 7, 1614564000, '');
INSERT INTO public.notices VALUES ('000000170000', '00000003', 'returned', 'returned:00000005:1', 1614564000, 'sent', '{"text": "小县社保中心 2020年度的填报退回来了，有 1 条意见要改。\n审核人说：请补充", "labels": [["退回清单"]]}', '["goto:00000005:returned"]', 16, 1614564000, '');
INSERT INTO public.notices VALUES ('000000300000', '00000004', 'submitted', 'submitted:00000005:2', 1614564000, 'sent', '{"text": "小县社保中心 提交了 2020年度《小表》（第 2 轮），请审核。\n自评 97 分，优。", "labels": [["去审核"]]}', '["filing:00000005"]', 32, 1614564000, '');
INSERT INTO public.notices VALUES ('000000430000', '00000003', 'approved', 'approved:00000005:2', 1614564000, 'sent', '{"text": "小县社保中心 2020年度《小表》审核通过了。\n核查 97 分，优。审定稿已经备好。", "labels": [["要文件"]]}', '["goto:00000005:papers"]', 41, 1614564000, '');
INSERT INTO public.outbox VALUES (1, 'test:1', 1, 'message', '{"text": "你手上的填报：点一下就接着填。", "buttons": [[{"text": "小县社保中心 · 2020年度 · 小表", "token": "00000006.0"}], [{"text": "新的填报", "token": "00000006.1"}], [{"text": "我的", "token": "00000006.2"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 1, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (2, 'test:1', 2, 'toast', '{"query": "q", "text": ""}', 'sent', 1, 1614564180, 0, 2, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (3, 'test:1', 2, 'message', '{"text": "小县社保中心 · 2020年度\n小表\n这张表 20 题都填完了。\n\n检查结果\n都填齐了，数字之间也对得上。\n\n得分 97 分，等级：优\n　全部　97 / 100\n\n佐证材料还没有，缺 3 项\n\n可以生成定稿了。生成之前，建议先“看全部答案”。", "buttons": [[{"text": "缺佐证 3 项", "token": "00000007.0"}], [{"text": "生成定稿", "token": "00000007.1"}, {"text": "提交审核", "token": "00000007.2"}], [{"text": "看全部答案", "token": "00000007.3"}, {"text": "目录", "token": "00000007.4"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 3, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (4, 'test:1', 3, 'message', '{"text": "提交审核\n小县社保中心\n小表\n自评 97 分，优\n\n佐证材料还没有，缺 3 项。\n\n提交以后答案先锁住，交给审核人看；没审之前随时能撤回。", "buttons": [[{"text": "确认提交", "token": "00000008.0"}], [{"text": "缺佐证 3 项", "token": "00000008.1"}], [{"text": "再看看", "token": "00000008.2"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 4, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (5, 'test:1', 4, 'toast', '{"query": "q", "text": ""}', 'sent', 1, 1614564180, 0, 5, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (6, 'test:1', 4, 'message', '{"text": "提交成功。审核有结果我会告诉你；在那以前要改，点“撤回修改”。\n\n小县社保中心 · 2020年度\n小表\n等待审核（第 1 轮，3月1日由填报人 李会计提交）\n\n检查：都填齐了，数字之间对得上。\n\n自评 97 分，优\n佐证材料还没有，缺 3 项\n\n答案先锁住，等审核人看。", "buttons": [[{"text": "评分表", "token": "00000011.0"}, {"text": "看答案", "token": "00000011.1"}], [{"text": "缺佐证 3 项", "token": "00000011.2"}], [{"text": "要文件", "token": "00000011.3"}], [{"text": "撤回修改", "token": "00000011.4"}], [{"text": "换一张表", "token": "00000011.5"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 6, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (7, 'test:2', NULL, 'notice', '{"notice": "000000090000"}', 'sent', 1, 1614564900, 0, 7, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (8, 'test:2', 5, 'message', '{"text": "待审核 1 份。\n你手上的填报：点一下就打开。", "buttons": [[{"text": "待审核 1 份", "token": "00000012.0"}], [{"text": "小县社保中心 · 2020年度 · 小表", "token": "00000012.1"}], [{"text": "我的", "token": "00000012.2"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 8, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (9, 'test:2', 6, 'toast', '{"query": "q", "text": ""}', 'sent', 1, 1614564180, 0, 9, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (10, 'test:2', 6, 'message', '{"text": "小县社保中心 · 2020年度\n小表\n等待审核（第 1 轮，3月1日由填报人 李会计提交）\n\n检查：都填齐了，数字之间对得上。\n\n自评 97 分，优\n佐证材料还没有，缺 3 项", "buttons": [[{"text": "评分表", "token": "00000013.0"}, {"text": "看答案", "token": "00000013.1"}], [{"text": "缺佐证 3 项", "token": "00000013.2"}], [{"text": "要文件", "token": "00000013.3"}], [{"text": "退回", "token": "00000013.4"}, {"text": "通过", "token": "00000013.5"}], [{"text": "待审核", "token": "00000013.6"}, {"text": "换一张表", "token": "00000013.7"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 10, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (11, 'test:2', 7, 'toast', '{"query": "q", "text": ""}', 'sent', 1, 1614564180, 0, 11, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (12, 'test:2', 7, 'message', '{"text": "退回给填报人修改\n\n还没有意见。请写一句话，告诉填报人要改什么。", "buttons": [[{"text": "回审核页", "token": "00000014.0"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 12, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (13, 'test:2', 8, 'message', '{"text": "退回给填报人修改\n\n对整份的意见：请补充\n（再发一句就换掉它）", "buttons": [[{"text": "确认退回", "token": "00000015.0"}], [{"text": "回审核页", "token": "00000015.1"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 13, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (14, 'test:2', 9, 'toast', '{"query": "q", "text": ""}', 'sent', 1, 1614564180, 0, 14, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (15, 'test:2', 9, 'message', '{"text": "已退回，意见发给填报人了。\n\n小县社保中心 · 2020年度\n小表\n已退回，正在改\n已填 20 / 20 题，已评 100 分里得 97 分\n还有 1 条意见没改。", "buttons": [[{"text": "评分表", "token": "00000019.0"}, {"text": "看答案", "token": "00000019.1"}], [{"text": "缺佐证 3 项", "token": "00000019.2"}], [{"text": "意见", "token": "00000019.3"}, {"text": "要文件", "token": "00000019.4"}], [{"text": "待审核", "token": "00000019.5"}, {"text": "换一张表", "token": "00000019.6"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 15, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (16, 'test:1', NULL, 'notice', '{"notice": "000000170000"}', 'sent', 1, 1614564900, 0, 16, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (17, 'test:1', 10, 'message', '{"text": "小县社保中心 · 2020年度\n退回来 1 条要改，点一条就到那一题：\n· 整份\n　审核人 王局长：请补充", "buttons": [[{"text": "整份", "token": "00000020.0"}], [{"text": "检查一遍", "token": "00000020.1"}], [{"text": "再提交", "token": "00000020.2"}], [{"text": "目录", "token": "00000020.3"}, {"text": "换一张表", "token": "00000020.4"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 17, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (18, 'test:1', 11, 'message', '{"text": "你手上的填报：点一下就接着填。", "buttons": [[{"text": "小县社保中心 · 2020年度 · 小表", "token": "00000021.0"}], [{"text": "新的填报", "token": "00000021.1"}], [{"text": "我的", "token": "00000021.2"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 18, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (19, 'test:1', 12, 'toast', '{"query": "q", "text": ""}', 'sent', 1, 1614564180, 0, 19, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (20, 'test:1', 12, 'message', '{"text": "小县社保中心 · 2020年度\n退回来 1 条要改，点一条就到那一题：\n· 整份\n　审核人 王局长：请补充", "buttons": [[{"text": "整份", "token": "00000022.0"}], [{"text": "检查一遍", "token": "00000022.1"}], [{"text": "再提交", "token": "00000022.2"}], [{"text": "目录", "token": "00000022.3"}, {"text": "换一张表", "token": "00000022.4"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 20, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (21, 'test:1', 13, 'message', '{"text": "【人员】第 1 题 · 本节 1/3　▓▓▓▓▓▓▓▓▓▓ 20/20\n\n核定编制多少人？（单位：人）\n现在的答案：37 人", "buttons": [[{"text": "保持原答案", "token": "00000023.0"}], [{"text": "说明", "token": "00000023.1"}, {"text": "目录", "token": "00000023.2"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 21, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (22, 'test:1', 14, 'message', '{"text": "要把“编制数”从 37 人 改成 38 人。\n改后：得分不变（97 分）\n确认改吗？", "buttons": [[{"text": "确认", "token": "00000024.0"}, {"text": "取消", "token": "00000024.1"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 22, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (23, 'test:1', 15, 'toast', '{"query": "q", "text": ""}', 'sent', 1, 1614564180, 0, 23, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (24, 'test:1', 15, 'message', '{"text": "已改：编制数 38 人。\n\n小县社保中心 · 2020年度\n退回来 1 条要改，点一条就到那一题：\n· 整份\n　审核人 王局长：请补充", "buttons": [[{"text": "整份", "token": "00000025.0"}], [{"text": "撤销刚才的", "token": "00000025.1"}], [{"text": "检查一遍", "token": "00000025.2"}], [{"text": "再提交", "token": "00000025.3"}], [{"text": "目录", "token": "00000025.4"}, {"text": "换一张表", "token": "00000025.5"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 24, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (25, 'test:1', 16, 'message', '{"text": "小县社保中心 · 2020年度\n退回来 1 条要改，点一条就到那一题：\n· 整份\n　审核人 王局长：请补充", "buttons": [[{"text": "整份", "token": "00000026.0"}], [{"text": "检查一遍", "token": "00000026.1"}], [{"text": "再提交", "token": "00000026.2"}], [{"text": "目录", "token": "00000026.3"}, {"text": "换一张表", "token": "00000026.4"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 25, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (26, 'test:1', 17, 'message', '{"text": "你手上的填报：点一下就接着填。", "buttons": [[{"text": "小县社保中心 · 2020年度 · 小表", "token": "00000027.0"}], [{"text": "新的填报", "token": "00000027.1"}], [{"text": "我的", "token": "00000027.2"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 26, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (27, 'test:1', 18, 'toast', '{"query": "q", "text": ""}', 'sent', 1, 1614564180, 0, 27, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (28, 'test:1', 18, 'message', '{"text": "小县社保中心 · 2020年度\n退回来 1 条要改，点一条就到那一题：\n· 整份\n　审核人 王局长：请补充", "buttons": [[{"text": "整份", "token": "00000028.0"}], [{"text": "检查一遍", "token": "00000028.1"}], [{"text": "再提交", "token": "00000028.2"}], [{"text": "目录", "token": "00000028.3"}, {"text": "换一张表", "token": "00000028.4"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 28, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (29, 'test:1', 19, 'message', '{"text": "提交审核（第 2 轮）\n小县社保中心\n小表\n自评 97 分，优\n\n佐证材料还没有，缺 3 项。\n\n退回的意见里还有 1 条没改；不用改的，也请在那一条下说明一句。\n\n提交以后答案先锁住，交给审核人看；没审之前随时能撤回。", "buttons": [[{"text": "确认提交", "token": "00000029.0"}], [{"text": "缺佐证 3 项", "token": "00000029.1"}], [{"text": "退回清单", "token": "00000029.2"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 29, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (30, 'test:1', 20, 'toast', '{"query": "q", "text": ""}', 'sent', 1, 1614564180, 0, 30, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (31, 'test:1', 20, 'message', '{"text": "提交成功。审核有结果我会告诉你；在那以前要改，点“撤回修改”。\n\n小县社保中心 · 2020年度\n小表\n等待审核（第 2 轮，3月1日由填报人 李会计提交）\n和上一轮比：改了 1 题。\n\n检查：都填齐了，数字之间对得上。\n\n自评 97 分，优\n佐证材料还没有，缺 3 项\n\n答案先锁住，等审核人看。", "buttons": [[{"text": "只看改动", "token": "00000032.0"}], [{"text": "评分表", "token": "00000032.1"}, {"text": "看答案", "token": "00000032.2"}], [{"text": "缺佐证 3 项", "token": "00000032.3"}], [{"text": "意见", "token": "00000032.4"}, {"text": "要文件", "token": "00000032.5"}], [{"text": "撤回修改", "token": "00000032.6"}], [{"text": "换一张表", "token": "00000032.7"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 31, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (32, 'test:2', NULL, 'notice', '{"notice": "000000300000"}', 'sent', 1, 1614564900, 0, 32, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (33, 'test:2', 21, 'message', '{"text": "小县社保中心 · 2020年度\n小表\n等待审核（第 2 轮，3月1日由填报人 李会计提交）\n和上一轮比：改了 1 题。\n\n检查：都填齐了，数字之间对得上。\n\n自评 97 分，优\n佐证材料还没有，缺 3 项", "buttons": [[{"text": "只看改动", "token": "00000033.0"}], [{"text": "评分表", "token": "00000033.1"}, {"text": "看答案", "token": "00000033.2"}], [{"text": "缺佐证 3 项", "token": "00000033.3"}], [{"text": "意见", "token": "00000033.4"}, {"text": "要文件", "token": "00000033.5"}], [{"text": "退回", "token": "00000033.6"}, {"text": "通过", "token": "00000033.7"}], [{"text": "待审核", "token": "00000033.8"}, {"text": "换一张表", "token": "00000033.9"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 33, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (34, 'test:2', 22, 'message', '{"text": "待审核 1 份。\n你手上的填报：点一下就打开。", "buttons": [[{"text": "待审核 1 份", "token": "00000034.0"}], [{"text": "小县社保中心 · 2020年度 · 小表", "token": "00000034.1"}], [{"text": "我的", "token": "00000034.2"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 34, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (35, 'test:2', 23, 'toast', '{"query": "q", "text": ""}', 'sent', 1, 1614564180, 0, 35, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (36, 'test:2', 23, 'message', '{"text": "小县社保中心 · 2020年度\n小表\n等待审核（第 2 轮，3月1日由填报人 李会计提交）\n和上一轮比：改了 1 题。\n\n检查：都填齐了，数字之间对得上。\n\n自评 97 分，优\n佐证材料还没有，缺 3 项", "buttons": [[{"text": "只看改动", "token": "00000035.0"}], [{"text": "评分表", "token": "00000035.1"}, {"text": "看答案", "token": "00000035.2"}], [{"text": "缺佐证 3 项", "token": "00000035.3"}], [{"text": "意见", "token": "00000035.4"}, {"text": "要文件", "token": "00000035.5"}], [{"text": "退回", "token": "00000035.6"}, {"text": "通过", "token": "00000035.7"}], [{"text": "待审核", "token": "00000035.8"}, {"text": "换一张表", "token": "00000035.9"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 36, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (37, 'test:2', 24, 'toast', '{"query": "q", "text": ""}', 'sent', 1, 1614564180, 0, 37, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (38, 'test:2', 24, 'message', '{"text": "审核通过\n通过以后答案锁定，出审定稿，连同审核意见表。\n\n自评 97 分，优\n核查 97 分，优\n\n这几条意见填报人没有标记改好：\n　第 1 轮 审核人 王局长：请补充\n\n想写一句总的意见，直接发。", "buttons": [[{"text": "确认通过", "token": "00000036.0"}], [{"text": "回审核页", "token": "00000036.1"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 38, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (39, 'test:2', 25, 'toast', '{"query": "q", "text": ""}', 'sent', 1, 1614564180, 0, 39, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (40, 'test:2', 25, 'message', '{"text": "已通过并锁定，审定稿已经备好。\n\n小县社保中心 · 2020年度\n小表\n审核通过，已锁定（第 2 轮，3月1日由填报人 李会计提交）\n3月1日由审核人 王局长通过\n和上一轮比：改了 1 题。\n\n检查：都填齐了，数字之间对得上。\n\n自评 97 分，优\n佐证材料还没有，缺 3 项\n\n答案已经锁定；要文件点“要文件”。", "buttons": [[{"text": "只看改动", "token": "00000045.0"}], [{"text": "评分表", "token": "00000045.1"}, {"text": "看答案", "token": "00000045.2"}], [{"text": "缺佐证 3 项", "token": "00000045.3"}], [{"text": "意见", "token": "00000045.4"}, {"text": "要文件", "token": "00000045.5"}], [{"text": "重新打开", "token": "00000045.6"}], [{"text": "待审核", "token": "00000045.7"}, {"text": "换一张表", "token": "00000045.8"}]], "edits": 0}', 'sent', 1, 1614564180, 0, 40, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (41, 'test:1', NULL, 'notice', '{"notice": "000000430000"}', 'sent', 1, 1614564900, 0, 41, 0, '', 1614564000);
INSERT INTO public.outbox VALUES (42, 'test:1', 26, 'message', '{"text": "没有第 31 题，或者这张表用不到它。\n\n全部答案\n\n【人员】\n1. 编制数：38 人\n2. 在职人数：31 人\n3. 退休人数：6 人\n\n【经费】\n4. 公务接待：2.47 / 2 / 1.17 万元\n5. 政府采购预算：10 万元\n6. 实际政府采购：10 万元\n7. 本年结转：1 万元\n8. 上年结转：2 万元\n9. 支付进度：98.5%\n10. 项目：1 行（业务专项 / 56）\n\n【质量】\n11. 目标要点：满足 3 / 3 个要点\n12. 违规例数：0 例\n13. 有政府性基金：否\n15. 单位性质：全额\n16. 绩效办得分：9 分（满分 10 分，绩效办）\n17. 社会效益：18 分（理由：群众评价好）\n\n【文字】\n18. 存在的问题：预算编制还不够细。\n19. 填表人：李四\n20. 联系电话：0745-1234567\n21. 填报日期：2021年3月1日\n\n看全文：发题号。", "buttons": [[{"text": "回审核页", "token": "00000046.0"}]], "edits": 0}', 'new', 0, 0, 0, NULL, 0, '', 1614564000);
INSERT INTO public.people VALUES ('00000001', 'console', 'console', 1614564000, '', '{}', NULL, NULL);
INSERT INTO public.people VALUES ('00000003', 'test', '1', 1614564000, '李会计', '{}', NULL, NULL);
INSERT INTO public.people VALUES ('00000004', 'test', '2', 1614564000, '王局长', '{}', NULL, NULL);
INSERT INTO public.remarks VALUES ('00000016', '00000005', 1, 'filing', '', '00000004', 1614564000, '请补充', NULL, NULL);
INSERT INTO public.submissions VALUES ('00000005', 1, '00000003', 1614564000, 0, 'a0f6b22b7695', '{"unit": "小县社保中心", "project": "", "answers": {"benefit": {"state": "given", "value": "[\"18\",\"群众评价好\"]", "provisional": false, "basis": ""}, "bought": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "buying": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "carry": {"state": "given", "value": "\"1\"", "provisional": false, "basis": ""}, "carry_prior": {"state": "given", "value": "\"2\"", "provisional": false, "basis": ""}, "filled_on": {"state": "given", "value": "\"2021-03-01\"", "provisional": false, "basis": ""}, "filler": {"state": "given", "value": "\"李四\"", "provisional": false, "basis": ""}, "goals": {"state": "given", "value": "[\"law\",\"plan\"]", "provisional": false, "basis": ""}, "has_fund": {"state": "given", "value": "false", "provisional": false, "basis": ""}, "nature": {"state": "given", "value": "\"full\"", "provisional": false, "basis": ""}, "outside": {"state": "given", "value": "[\"9\",\"10\",\"绩效办\"]", "provisional": false, "basis": ""}, "phone": {"state": "given", "value": "\"0745-1234567\"", "provisional": false, "basis": ""}, "problems": {"state": "given", "value": "\"预算编制还不够细。\"", "provisional": false, "basis": ""}, "progress": {"state": "given", "value": "\"98.5\"", "provisional": false, "basis": ""}, "projects": {"state": "given", "value": "[[\"业务专项\",\"56\"]]", "provisional": false, "basis": ""}, "quota": {"state": "given", "value": "\"37\"", "provisional": false, "basis": ""}, "reception": {"state": "given", "value": "[\"2.47\",\"2\",\"1.17\"]", "provisional": false, "basis": ""}, "retired": {"state": "given", "value": "\"6\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}, "wrongs": {"state": "given", "value": "\"0\"", "provisional": false, "basis": ""}}, "beside": [], "points": {"i_staff": "20", "i_buy": "10", "i_carry": "10", "i_goals": "20", "i_wrongs": "10", "i_outside": "9", "i_benefit": "18"}, "out": [], "notes": 0}', '97', '优', 'returned', '00000004', 1614564000, '请补充', NULL);
INSERT INTO public.submissions VALUES ('00000005', 2, '00000003', 1614564000, 0, 'a0f6b22b7695', '{"unit": "小县社保中心", "project": "", "answers": {"benefit": {"state": "given", "value": "[\"18\",\"群众评价好\"]", "provisional": false, "basis": ""}, "bought": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "buying": {"state": "given", "value": "\"10\"", "provisional": false, "basis": ""}, "carry": {"state": "given", "value": "\"1\"", "provisional": false, "basis": ""}, "carry_prior": {"state": "given", "value": "\"2\"", "provisional": false, "basis": ""}, "filled_on": {"state": "given", "value": "\"2021-03-01\"", "provisional": false, "basis": ""}, "filler": {"state": "given", "value": "\"李四\"", "provisional": false, "basis": ""}, "goals": {"state": "given", "value": "[\"law\",\"plan\"]", "provisional": false, "basis": ""}, "has_fund": {"state": "given", "value": "false", "provisional": false, "basis": ""}, "nature": {"state": "given", "value": "\"full\"", "provisional": false, "basis": ""}, "outside": {"state": "given", "value": "[\"9\",\"10\",\"绩效办\"]", "provisional": false, "basis": ""}, "phone": {"state": "given", "value": "\"0745-1234567\"", "provisional": false, "basis": ""}, "problems": {"state": "given", "value": "\"预算编制还不够细。\"", "provisional": false, "basis": ""}, "progress": {"state": "given", "value": "\"98.5\"", "provisional": false, "basis": ""}, "projects": {"state": "given", "value": "[[\"业务专项\",\"56\"]]", "provisional": false, "basis": ""}, "quota": {"state": "given", "value": "\"38\"", "provisional": false, "basis": ""}, "reception": {"state": "given", "value": "[\"2.47\",\"2\",\"1.17\"]", "provisional": false, "basis": ""}, "retired": {"state": "given", "value": "\"6\"", "provisional": false, "basis": ""}, "staff": {"state": "given", "value": "\"31\"", "provisional": false, "basis": ""}, "wrongs": {"state": "given", "value": "\"0\"", "provisional": false, "basis": ""}}, "beside": [], "points": {"i_staff": "20", "i_buy": "10", "i_carry": "10", "i_goals": "20", "i_wrongs": "10", "i_outside": "9", "i_benefit": "18"}, "out": [], "notes": 0}', '97', '优', 'approved', '00000004', 1614564000, '', 1);
INSERT INTO public.units VALUES ('00000002', '小县社保中心', 1614564000, 'c1', '', '', NULL, NULL);
SELECT pg_catalog.setval('public.deadlines_id_seq', 1, false);
SELECT pg_catalog.setval('public.history_id_seq', 21, true);
SELECT pg_catalog.setval('public.inbox_id_seq', 27, true);
SELECT pg_catalog.setval('public.journal_id_seq', 4, true);
SELECT pg_catalog.setval('public.outbox_id_seq', 42, true);
SELECT pg_catalog.setval('public.reminders_id_seq', 1, false);
SELECT pg_catalog.setval('public.wrong_codes_id_seq', 1, false);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT pk_answers PRIMARY KEY (filing_id, item);
ALTER TABLE ONLY public.assignments
    ADD CONSTRAINT pk_assignments PRIMARY KEY (filing_id, section);
ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT pk_conversations PRIMARY KEY (chat);
ALTER TABLE ONLY public.counties
    ADD CONSTRAINT pk_counties PRIMARY KEY (id);
ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT pk_deadlines PRIMARY KEY (id);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT pk_documents PRIMARY KEY (id);
ALTER TABLE ONLY public.editions
    ADD CONSTRAINT pk_editions PRIMARY KEY (edition);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT pk_evidence PRIMARY KEY (id);
ALTER TABLE ONLY public.files
    ADD CONSTRAINT pk_files PRIMARY KEY (sha256);
ALTER TABLE ONLY public.filings
    ADD CONSTRAINT pk_filings PRIMARY KEY (id);
ALTER TABLE ONLY public.history
    ADD CONSTRAINT pk_history PRIMARY KEY (id);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT pk_inbox PRIMARY KEY (id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT pk_invitations PRIMARY KEY (id);
ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT pk_jobs PRIMARY KEY (id);
ALTER TABLE ONLY public.journal
    ADD CONSTRAINT pk_journal PRIMARY KEY (id);
ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT pk_memberships PRIMARY KEY (person_id, unit_id, role);
ALTER TABLE ONLY public.notice_lines
    ADD CONSTRAINT pk_notice_lines PRIMARY KEY (notice_id, reminder_id);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT pk_notices PRIMARY KEY (id);
ALTER TABLE ONLY public.office_settings
    ADD CONSTRAINT pk_office_settings PRIMARY KEY (key);
ALTER TABLE ONLY public.officers
    ADD CONSTRAINT pk_officers PRIMARY KEY (person_id, county_id, role);
ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT pk_outbox PRIMARY KEY (id);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT pk_people PRIMARY KEY (id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT pk_proposals PRIMARY KEY (id);
ALTER TABLE ONLY public.remarks
    ADD CONSTRAINT pk_remarks PRIMARY KEY (id);
ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT pk_reminders PRIMARY KEY (id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT pk_submissions PRIMARY KEY (filing_id, round);
ALTER TABLE ONLY public.survey_answers
    ADD CONSTRAINT pk_survey_answers PRIMARY KEY (survey_id, respondent);
ALTER TABLE ONLY public.surveys
    ADD CONSTRAINT pk_surveys PRIMARY KEY (id);
ALTER TABLE ONLY public.units
    ADD CONSTRAINT pk_units PRIMARY KEY (id);
ALTER TABLE ONLY public.verified_points
    ADD CONSTRAINT pk_verified_points PRIMARY KEY (filing_id, indicator);
ALTER TABLE ONLY public.wrong_codes
    ADD CONSTRAINT pk_wrong_codes PRIMARY KEY (id);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT uq_documents_filing_id_version_document UNIQUE (filing_id, version, document);
ALTER TABLE ONLY public.filings
    ADD CONSTRAINT uq_filings_unit_id_year_form_id_project UNIQUE (unit_id, year, form_id, project);
ALTER TABLE ONLY public.inbox
    ADD CONSTRAINT uq_inbox_channel_bot_update_id UNIQUE (channel, bot, update_id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT uq_invitations_code_hash UNIQUE (code_hash);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT uq_notices_person_id_key UNIQUE (person_id, key);
ALTER TABLE ONLY public.people
    ADD CONSTRAINT uq_people_channel_address UNIQUE (channel, address);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT uq_proposals_code_hash UNIQUE (code_hash);
ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT uq_reminders_filing_id_kind_deadline UNIQUE (filing_id, kind, deadline);
ALTER TABLE ONLY public.surveys
    ADD CONSTRAINT uq_surveys_code UNIQUE (code);
CREATE INDEX ix_assignments_person_id ON public.assignments USING btree (person_id);
CREATE INDEX ix_deadlines_form_id_year ON public.deadlines USING btree (form_id, year);
CREATE INDEX ix_evidence_filing_id ON public.evidence USING btree (filing_id);
CREATE INDEX ix_evidence_untold ON public.evidence USING btree (chat) WHERE (told = 0);
CREATE INDEX ix_evidence_waiting ON public.evidence USING btree (not_before, id) WHERE (state = 'waiting'::text);
CREATE INDEX ix_filings_form_id_year ON public.filings USING btree (form_id, year);
CREATE INDEX ix_history_filing_id_item ON public.history USING btree (filing_id, item);
CREATE INDEX ix_inbox_waiting ON public.inbox USING btree (id) WHERE (state = 'new'::text);
CREATE INDEX ix_inbox_waiting_chat ON public.inbox USING btree (chat, id) WHERE (state = 'new'::text);
CREATE INDEX ix_invitations_unit_id ON public.invitations USING btree (unit_id);
CREATE INDEX ix_journal_filing_id ON public.journal USING btree (filing_id, id);
CREATE INDEX ix_journal_person_id ON public.journal USING btree (person_id, id);
CREATE INDEX ix_memberships_unit_id ON public.memberships USING btree (unit_id);
CREATE INDEX ix_notice_lines_reminder_id ON public.notice_lines USING btree (reminder_id);
CREATE INDEX ix_notices_waiting ON public.notices USING btree (due_at, id) WHERE (state = 'waiting'::text);
CREATE INDEX ix_officers_county_id ON public.officers USING btree (county_id);
CREATE INDEX ix_outbox_pending ON public.outbox USING btree (id) WHERE (state = ANY (ARRAY['new'::text, 'sending'::text]));
CREATE INDEX ix_outbox_pending_chat ON public.outbox USING btree (chat, id) WHERE (state = ANY (ARRAY['new'::text, 'sending'::text]));
CREATE INDEX ix_proposals_filing_id ON public.proposals USING btree (filing_id);
CREATE INDEX ix_remarks_filing_id ON public.remarks USING btree (filing_id);
CREATE INDEX ix_reminders_due ON public.reminders USING btree (due_at, id) WHERE (state = 'due'::text);
CREATE INDEX ix_surveys_filing_id ON public.surveys USING btree (filing_id);
CREATE INDEX ix_units_county_id ON public.units USING btree (county_id);
CREATE INDEX ix_units_supervisor_id ON public.units USING btree (supervisor_id);
CREATE INDEX ix_wrong_codes_person_id_at ON public.wrong_codes USING btree (person_id, at);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT fk_answers_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.answers
    ADD CONSTRAINT fk_answers_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.assignments
    ADD CONSTRAINT fk_assignments_by_id FOREIGN KEY (by_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.assignments
    ADD CONSTRAINT fk_assignments_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.assignments
    ADD CONSTRAINT fk_assignments_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT fk_conversations_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.conversations
    ADD CONSTRAINT fk_conversations_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT fk_deadlines_county_id FOREIGN KEY (county_id) REFERENCES public.counties(id);
ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT fk_deadlines_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT fk_deadlines_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.deadlines
    ADD CONSTRAINT fk_deadlines_unit_id FOREIGN KEY (unit_id) REFERENCES public.units(id);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT fk_documents_edition FOREIGN KEY (edition) REFERENCES public.editions(edition);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT fk_documents_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.documents
    ADD CONSTRAINT fk_documents_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.evidence
    ADD CONSTRAINT fk_evidence_sha256 FOREIGN KEY (sha256) REFERENCES public.files(sha256);
ALTER TABLE ONLY public.filings
    ADD CONSTRAINT fk_filings_created_by FOREIGN KEY (created_by) REFERENCES public.people(id);
ALTER TABLE ONLY public.filings
    ADD CONSTRAINT fk_filings_edition FOREIGN KEY (edition) REFERENCES public.editions(edition);
ALTER TABLE ONLY public.filings
    ADD CONSTRAINT fk_filings_unit_id FOREIGN KEY (unit_id) REFERENCES public.units(id);
ALTER TABLE ONLY public.history
    ADD CONSTRAINT fk_history_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.history
    ADD CONSTRAINT fk_history_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT fk_invitations_county_id FOREIGN KEY (county_id) REFERENCES public.counties(id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT fk_invitations_created_by FOREIGN KEY (created_by) REFERENCES public.people(id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT fk_invitations_unit_id FOREIGN KEY (unit_id) REFERENCES public.units(id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT fk_invitations_used_by FOREIGN KEY (used_by) REFERENCES public.people(id);
ALTER TABLE ONLY public.jobs
    ADD CONSTRAINT fk_jobs_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.journal
    ADD CONSTRAINT fk_journal_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT fk_memberships_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.memberships
    ADD CONSTRAINT fk_memberships_unit_id FOREIGN KEY (unit_id) REFERENCES public.units(id);
ALTER TABLE ONLY public.notice_lines
    ADD CONSTRAINT fk_notice_lines_notice_id FOREIGN KEY (notice_id) REFERENCES public.notices(id);
ALTER TABLE ONLY public.notices
    ADD CONSTRAINT fk_notices_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.officers
    ADD CONSTRAINT fk_officers_county_id FOREIGN KEY (county_id) REFERENCES public.counties(id);
ALTER TABLE ONLY public.officers
    ADD CONSTRAINT fk_officers_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT fk_proposals_answered_by FOREIGN KEY (answered_by) REFERENCES public.people(id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT fk_proposals_asked_by FOREIGN KEY (asked_by) REFERENCES public.people(id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT fk_proposals_asked_of FOREIGN KEY (asked_of) REFERENCES public.people(id);
ALTER TABLE ONLY public.proposals
    ADD CONSTRAINT fk_proposals_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.remarks
    ADD CONSTRAINT fk_remarks_done_by FOREIGN KEY (done_by) REFERENCES public.people(id);
ALTER TABLE ONLY public.remarks
    ADD CONSTRAINT fk_remarks_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.remarks
    ADD CONSTRAINT fk_remarks_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.reminders
    ADD CONSTRAINT fk_reminders_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT fk_submissions_edition FOREIGN KEY (edition) REFERENCES public.editions(edition);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT fk_submissions_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT fk_submissions_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.submissions
    ADD CONSTRAINT fk_submissions_reviewer_id FOREIGN KEY (reviewer_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.survey_answers
    ADD CONSTRAINT fk_survey_answers_survey_id FOREIGN KEY (survey_id) REFERENCES public.surveys(id);
ALTER TABLE ONLY public.surveys
    ADD CONSTRAINT fk_surveys_created_by FOREIGN KEY (created_by) REFERENCES public.people(id);
ALTER TABLE ONLY public.surveys
    ADD CONSTRAINT fk_surveys_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.units
    ADD CONSTRAINT fk_units_county_id FOREIGN KEY (county_id) REFERENCES public.counties(id);
ALTER TABLE ONLY public.units
    ADD CONSTRAINT fk_units_supervisor_id FOREIGN KEY (supervisor_id) REFERENCES public.units(id);
ALTER TABLE ONLY public.verified_points
    ADD CONSTRAINT fk_verified_points_filing_id FOREIGN KEY (filing_id) REFERENCES public.filings(id);
ALTER TABLE ONLY public.verified_points
    ADD CONSTRAINT fk_verified_points_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
ALTER TABLE ONLY public.wrong_codes
    ADD CONSTRAINT fk_wrong_codes_person_id FOREIGN KEY (person_id) REFERENCES public.people(id);
