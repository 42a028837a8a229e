"""Every button, link, file and place that takes what is typed or sent, with the right it needs, as it was reviewed.

A handler that is not written down here is one nobody has thought about: a change of this list is a decision.
"""

from dialogs import buttons, rooms
from dialogs.conversation import Screen

# By the right it needs; with @ where that is asked at the place the button names, not at the filing on the screen.
REVIEWED = """
own: arrived begin bu_stop cal_dates cal_mine call_me colleagues filing form goto hats home leave leaving left me my_data
  new new_link other_unit project quiet_day quiet_hours quiet_off quiet_until reminder_kind reminder_time reminders rename
  rv_waiting snooze succeed unit wear
join: reply reply_is reply_pass reply_say reply_send survey_before survey_over survey_tick
read: account@ ask_back_now asked_now checkup contents continue evidence evidence_now evidence_show explain history jump
  new_project parts parts_after pause printed returned review rv rv_answers rv_approve rv_approve_now rv_arrive rv_card
  rv_changes rv_goals rv_ind rv_item rv_remarks rv_reopen rv_return rv_return_now rv_still rv_unremark rv_unverify section
  submit submit_now submitted survey survey_poster withdraw withdraw_now
draft: draft package papers singles summary
answer: all back back_cell cancel cell confirm copy_rows done drop edit_rows firm keep last_year line move no none
  not_applicable nothing option others part_begin project_renamed promise promise_after promised provisional reading reason
  remove_row rename_project reply_instead reply_more reply_refuse reply_take resend reuse_anew reuse_back reuse_edit
  reuse_out reuse_take rv_done rv_remark rv_reply skip stands start_rows survey_take table toggle undo word yes zeros
members: members@
progress: bu_groups@ bu_list@ bu_progress@ bu_progress_file@ bureau@ cal_county@ unit_people@
invite: invitations@ invite@ invite_as@ invite_go@ revoke@
remove: remove@ removed@ removing@
hand over: hand@ handover@ handover_from@ handover_to@
ask: ask_back ask_link ask_of colleague
assign: everybodys give part
calendar: cal_day@ cal_filing@ cal_form@ cal_its@ cal_reason@ cal_stage@ cal_unit@ cal_whole@
open year: cal_open@ cal_opening@ cal_pack@ cal_units@ cal_year@
evidence: evidence_back evidence_remove evidence_sort evidence_which
survey: survey_asks survey_close survey_day survey_end survey_go survey_issued survey_kept survey_new
export: bu_anomalies@ bu_documents@ bu_publish@ bu_summary@
import: bu_import@ bu_import_do@ bu_import_no@ bu_slips@ bu_slips_do@
announce: bu_announce@ bu_announce_do@ bu_announce_write@ bu_announced@ bu_return@ bu_return_do@ bu_return_tick@
  bu_return_write@ bu_withdraw@
"""
FILES = "bureau_output bureau_progress_png bureau_progress_xlsx bureau_slips exhibit my_data survey_poster"
LINKS = "c i s"  # a colleague's question, an invitation, a survey
TYPED = """
announcing, calendar, colleague, digest time, history, importing, inviting, my_name, parts, promise, quiet hours, quiet until,
reminders, replying, returning, reusing, review approve, review indicator, review item, review reopen, review reply,
review return, review waiting, reviewing, stands, succession, survey, surveyed, which_unit
"""
SENT = "importing, question, surveyed"
COUNTY = "announcing, calendar, importing, inviting, returning, which_unit"  # screens left with the office they need


def test_every_button_needs_what_was_reviewed() -> None:
    needed = {name: str(needs) for name, needs in buttons.NEEDED.items()}
    needed |= {name + "@" * (entry.at is not None): str(entry.needs) for name, entry in rooms.actions().items()}
    lines = " ".join(REVIEWED.split("\n  ")).strip().splitlines()
    reviewed = {name: needs for needs, _, names in (line.partition(": ") for line in lines) for name in names.split()}
    assert needed == reviewed


def test_every_way_in_and_out_was_reviewed() -> None:
    def listed(words: str) -> set[Screen]:
        return {Screen(word) for word in " ".join(words.split()).split(", ")}

    assert set(rooms.makers()) == set(FILES.split())
    assert set(rooms.starts()) == set(LINKS.split())
    assert set(rooms.hears()) == listed(TYPED)
    assert set(rooms.receives()) == listed(SENT)
    assert set(rooms.missing()) == listed(COUNTY)
