"""The room of access: which buttons, screens, words and links lead to which of its pages."""

from dialogs.access import finding, holdings, joining, leaving, me, members, places, wearing
from dialogs.access.permissions import Action
from dialogs.conversation import Screen
from dialogs.rooms import Entry, Room, lost
from templates import labels

ROOM = Room(
    actions={
        "arrived": Entry(Action.OWN, joining.arrived),
        "me": Entry(Action.OWN, lambda scene, _: me.page(scene)),
        "call_me": Entry(Action.OWN, lambda scene, _: me.ask_name(scene)),
        "hats": Entry(Action.OWN, lambda scene, _: wearing.choose(scene)),
        "wear": Entry(Action.OWN, wearing.wear),
        "my_data": Entry(Action.OWN, lambda scene, _: holdings.ask(scene)),
        "colleagues": Entry(Action.OWN, lambda scene, _: members.colleagues(scene)),
        "members": Entry(Action.MEMBERS, members.page, places.at),
        "unit_people": Entry(Action.PROGRESS, finding.ask, places.at),
        "invite": Entry(Action.INVITE, members.invite, places.at),
        "invite_as": Entry(Action.INVITE, members.invite_as, places.at),
        "invite_go": Entry(Action.INVITE, members.invite_go, places.at),
        "invitations": Entry(Action.INVITE, members.open_invitations, places.at),
        "revoke": Entry(Action.INVITE, members.take_back, places.at),
        "removing": Entry(Action.REMOVE, members.removing, places.at),
        "remove": Entry(Action.REMOVE, members.confirm_removal, places.at),
        "removed": Entry(Action.REMOVE, members.remove_now, places.at),
        "leaving": Entry(Action.OWN, lambda scene, _: leaving.leaving(scene)),
        "leave": Entry(Action.OWN, leaving.confirm),
        "left": Entry(Action.OWN, leaving.leave_now),
    },
    hears={Screen.MY_NAME: me.hear_name, Screen.WHICH_UNIT: finding.hear, Screen.INVITING: members.hear_name},
    again={
        Screen.ME: me.page_again,
        Screen.MY_NAME: me.ask_name,
        Screen.INVITING: members.invite_again,
        Screen.WHICH_UNIT: finding.again,
    },
    missing={
        Screen.WHICH_UNIT: lost(Action.PROGRESS, lambda pending: str(pending.get("of", ""))),
        Screen.INVITING: lost(Action.INVITE, lambda pending: str(pending.get("invite", ""))),
    },
    words={
        **dict.fromkeys((labels.ME, "我是谁", "我的身份"), "me"),
        **dict.fromkeys((labels.SWITCH, "切换身份", "换个身份"), "hats"),
        **dict.fromkeys((labels.MEMBERS, "成员", "单位成员"), "colleagues"),
        **dict.fromkeys((labels.INVITE, "邀请别人"), "colleagues"),
        **dict.fromkeys((labels.CALL_ME, "改名字", "我的名字"), "call_me"),
        **dict.fromkeys((labels.MY_DATA, "导出我的资料", "我的数据"), "my_data"),
        **dict.fromkeys((labels.LEAVE, "离开单位"), "leaving"),
    },
    starts={"i": joining.by_link},
    overhears=joining.overhears,
    makes={"my_data": holdings.make},
    home=me.home,
)
