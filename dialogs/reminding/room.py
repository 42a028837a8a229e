"""How reminding joins the conversation: the buttons below a digest, the settings page, and what is typed there."""

from dialogs.access.permissions import Action
from dialogs.conversation import Screen
from dialogs.reminding import preferences
from dialogs.rooms import Entry, Room
from templates import labels

ROOM = Room(
    actions={
        "snooze": Entry(Action.OWN, preferences.tap_snooze),
        "quiet_until": Entry(Action.OWN, lambda scene, _: preferences.ask_until(scene)),
        "quiet_day": Entry(Action.OWN, preferences.tap_until),
        "quiet_off": Entry(Action.OWN, lambda scene, _: preferences.quiet_off(scene)),
        "quiet_hours": Entry(Action.OWN, preferences.ask_hours),
        "reminders": Entry(Action.OWN, preferences.show_page),
        "reminder_kind": Entry(Action.OWN, preferences.toggle),
        "reminder_time": Entry(Action.OWN, preferences.ask_time),
    },
    hears={
        Screen.QUIET_UNTIL: preferences.hear_until,
        Screen.QUIET_HOURS: preferences.hear_hours,
        Screen.DIGEST_TIME: preferences.hear_time,
        Screen.REMINDERS: preferences.hear_elsewhere,
    },
    again={
        Screen.QUIET_UNTIL: preferences.ask_until,
        Screen.QUIET_HOURS: lambda scene, ack: preferences.ask_hours(scene, ack=ack),
        Screen.DIGEST_TIME: lambda scene, ack: preferences.ask_time(scene, ack=ack),
        Screen.REMINDERS: lambda scene, ack: preferences.show_page(scene, ack=ack),
    },
    words={labels.REMINDER_SETTINGS: "reminders", "设置提醒": "reminders", "安静": "quiet_until", "别提醒": "quiet_until"},
)
