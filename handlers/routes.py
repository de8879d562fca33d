"""ONE table: which command, button or open question leads to which action and which function."""

from bot import texts
from bot.core.access import Action
from bot.core.admin import broadcast as broadcast_stages
from bot.core.admin import joining as join_stages
from bot.core.admin import officers as officer_stages
from bot.core.casework import areas as area_stages
from bot.core.casework import asking as asking_stages
from bot.core.casework import delaying as delay_stages
from bot.core.casework import opening_questions, search
from bot.core.casework import revealing as reveal_stages
from bot.core.casework import ways as way_stages
from bot.core.resident import claiming, leaving, signup_questions
from bot.core.resident import details as detail_stages
from bot.core.society import founding, goal
from bot.core.stages import Stage
from bot.core.station import assisting, pairs, walk
from handlers import desk, joining
from handlers.admin import appointing, broadcast, condition, officers, report
from handlers.casework import (
    alarms,
    approving,
    areas,
    asking,
    caseload,
    delaying,
    exporting,
    incidents,
    looking,
    near,
    revealing,
    ways,
)
from handlers.resident import answering, details, mine, my_data, offers, seen, signup, standing
from handlers.route import Route as Route
from handlers.route import Talk as Talk
from handlers.society import progress, rwa, societies, spreading
from handlers.station import assist, duplicates, numbers, verify

COMMANDS: dict[str, Route] = {
    "near": Route(Action.SEARCH, near.command, texts.MENU_NEAR),
    "verify": Route(Action.KEEP_TRUE, verify.command, texts.MENU_VERIFY),
    "stats": Route(Action.KEEP_TRUE, numbers.stats, texts.MENU_STATS),
    "assist": Route(Action.ASSIST, assist.command, texts.MENU_ASSIST),
    "duplicates": Route(Action.KEEP_TRUE, duplicates.command, texts.MENU_DUPLICATES),
    "coverage": Route(Action.KEEP_TRUE, numbers.map_of_cells, texts.MENU_COVERAGE),
    "route": Route(Action.SEARCH, ways.command, texts.MENU_ROUTE),
    "area": Route(Action.SEARCH, areas.command, texts.MENU_AREA),
    "incident": Route(Action.CASEWORK, incidents.command, texts.MENU_INCIDENT),
    "incidents": Route(Action.CASEWORK, caseload.show, texts.MENU_INCIDENTS),
    "officers": Route(Action.ADMINISTER, officers.show, texts.MENU_OFFICERS),
    "broadcast": Route(Action.BROADCAST, broadcast.command, texts.MENU_BROADCAST),
    "report": Route(Action.REPORT, report.send, texts.MENU_REPORT),
    "health": Route(Action.LOOK_AFTER, condition.show, texts.MENU_HEALTH),
    "roles": Route(Action.ADMINISTER, officers.who_may_what, texts.MENU_ROLES),
    "export": Route(Action.REVEAL, exporting.command, texts.MENU_EXPORT),
    "add": Route(Action.REGISTER, signup.begin, texts.MENU_ADD),
    "mine": Route(Action.MANAGE_OWN, mine.show, texts.MENU_MINE),
    "claim": Route(Action.MANAGE_OWN, offers.command, texts.MENU_CLAIM),
    "delay": Route(Action.APPROVE, delaying.begin, texts.MENU_DELAY),
    "seen": Route(Action.MANAGE_OWN, seen.show, texts.MENU_SEEN),
    "mydata": Route(Action.MANAGE_OWN, my_data.send, texts.MENU_MYDATA),
    "forget": Route(Action.MANAGE_OWN, mine.forget, texts.MENU_FORGET),
    "rwa": Route(Action.ASK_TO_SPREAD, rwa.command, texts.MENU_RWA),
    "invite": Route(Action.SPREAD, spreading.command, texts.MENU_INVITE),
    "progress": Route(Action.SPREAD, progress.command, texts.MENU_PROGRESS),
    "link": Route(Action.KEEP_SOCIETIES, societies.command, texts.MENU_LINK),
    "privacy": Route(Action.LOOK_ROUND, desk.privacy, texts.MENU_PRIVACY),
    "language": Route(Action.LOOK_ROUND, desk.language, texts.MENU_LANGUAGE),
    "help": Route(Action.LOOK_ROUND, desk.help_, texts.MENU_HELP),
    "cancel": Route(Action.LOOK_ROUND, desk.cancel, texts.MENU_CANCEL),
    "start": Route(Action.LOOK_ROUND, desk.start, texts.MENU_START),
}

BUTTONS: dict[str, Route] = {
    "/mine": Route(Action.MANAGE_OWN, mine.show),
    "/mine:page": Route(Action.MANAGE_OWN, mine.show),
    "/mine:card": Route(Action.MANAGE_OWN, mine.card),
    "/mine:map": Route(Action.MANAGE_OWN, mine.on_the_map),
    "/mine:change": Route(Action.MANAGE_OWN, mine.change),
    "/mine:move": Route(Action.MANAGE_OWN, mine.move),
    "/mine:pause": Route(Action.MANAGE_OWN, mine.pause),
    "/mine:resume": Route(Action.MANAGE_OWN, mine.resume),
    "/mine:remove": Route(Action.MANAGE_OWN, mine.remove),
    "/still:yes": Route(Action.MANAGE_OWN, standing.still_true),
    "/still:changed": Route(Action.MANAGE_OWN, standing.changed),
    "/still:gone": Route(Action.MANAGE_OWN, standing.gone),
    "/more": Route(Action.MANAGE_OWN, details.begin),
    "/saved:more": Route(Action.MANAGE_OWN, details.begin_after_saving),
    "/saved:enough": Route(Action.MANAGE_OWN, details.enough),
    "/rwa:yes": Route(Action.KEEP_SOCIETIES, rwa.approve),
    "/rwa:no": Route(Action.KEEP_SOCIETIES, rwa.refuse),
    "/invite:pdf": Route(Action.SPREAD, spreading.pdf),
    "/invite:png": Route(Action.SPREAD, spreading.png),
    "/invite:renew": Route(Action.SPREAD, spreading.renew),
    "/invite:renewed": Route(Action.SPREAD, spreading.renewed),
    "/invite:stop": Route(Action.SPREAD, spreading.stop),
    "/invite:stopped": Route(Action.SPREAD, spreading.stopped),
    "/invite:leave": Route(Action.SPREAD, spreading.leave),
    "/progress": Route(Action.SPREAD, progress.command),
    "/progress:goal": Route(Action.SPREAD, progress.aim),
    "/progress:mute": Route(Action.SPREAD, progress.mute),
    "/progress:unmute": Route(Action.SPREAD, progress.unmute),
    "/link:page": Route(Action.KEEP_SOCIETIES, societies.show),
    "/link:card": Route(Action.KEEP_SOCIETIES, societies.card),
    "/link:new": Route(Action.KEEP_SOCIETIES, societies.new),
    "/link:invite": Route(Action.KEEP_SOCIETIES, societies.invite),
    "/link:renew": Route(Action.KEEP_SOCIETIES, societies.renew),
    "/link:renewed": Route(Action.KEEP_SOCIETIES, societies.renewed),
    "/link:close": Route(Action.KEEP_SOCIETIES, societies.close),
    "/link:closed": Route(Action.KEEP_SOCIETIES, societies.closed),
    "/offer": Route(Action.MANAGE_OWN, offers.see),
    "/officers:page": Route(Action.ADMINISTER, officers.show),
    "/officers:at": Route(Action.ADMINISTER, officers.at),
    "/officers:card": Route(Action.ADMINISTER, officers.card),
    "/officers:invite": Route(Action.ADMINISTER, officers.invite),
    "/officers:extend": Route(Action.ADMINISTER, officers.extend),
    "/officers:move": Route(Action.ADMINISTER, officers.move),
    "/officers:end": Route(Action.ADMINISTER, officers.end),
    "/second:yes": Route(Action.ADMINISTER, appointing.agree),
    "/second:no": Route(Action.ADMINISTER, appointing.refuse),
    "/news:stop": Route(Action.BROADCAST, broadcast.stop),
    "/news:off": Route(Action.MANAGE_OWN, broadcast.mute),
    "/news:on": Route(Action.MANAGE_OWN, broadcast.unmute),
    "/wake:ask": Route(Action.LOOK_ROUND, officers.ask_to_wake),
    "/wake:up": Route(Action.ADMINISTER, officers.wake),
    "/language": Route(Action.LOOK_ROUND, desk.speak),
    "/help": Route(Action.LOOK_ROUND, desk.help_whole),
    "/near:page": Route(Action.SEARCH, looking.page),
    "/near:soon": Route(Action.SEARCH, looking.soon),
    "/near:wider": Route(Action.SEARCH, looking.wider),
    "/near:pin": Route(Action.SEARCH, looking.pin),
    "/number": Route(Action.REVEAL, revealing.begin),
    "/export:plain": Route(Action.REVEAL, exporting.choose),
    "/export:with": Route(Action.REVEAL, exporting.choose),
    "/export:as": Route(Action.REVEAL, exporting.take),
    "/export:full": Route(Action.REVEAL, exporting.take_full),
    "/incidents:page": Route(Action.CASEWORK, caseload.show),
    "/incidents:card": Route(Action.CASEWORK, caseload.one),
    "/incidents:work": Route(Action.CASEWORK, caseload.work),
    "/incidents:kind": Route(Action.CASEWORK, caseload.kind),
    "/incidents:close": Route(Action.CASEWORK, caseload.close),
    "/ask": Route(Action.CASEWORK, asking.begin),
    "/thanks:helped": Route(Action.CASEWORK, asking.thanks),
    "/thanks:plain": Route(Action.CASEWORK, asking.thanks),
    "/answer": Route(Action.MANAGE_OWN, answering.answer),
    "/share": Route(Action.MANAGE_OWN, answering.share),
    "/seen": Route(Action.MANAGE_OWN, seen.show),
    "/lift": Route(Action.APPROVE, alarms.lift),
    "/approve:yes": Route(Action.APPROVE, approving.decide),
    "/approve:no": Route(Action.APPROVE, approving.decide),
}

TALKS: tuple[Talk, ...] = (
    Talk(Action.REGISTER, signup_questions.Stage, signup.answered, signup.ask_again, reminded=True),
    Talk(Action.MANAGE_OWN, detail_stages.Stage, details.answered, details.ask_again),
    Talk(Action.MANAGE_OWN, leaving.Stage, mine.answered, mine.ask_again, reminded=True),
    Talk(Action.REVEAL, reveal_stages.Stage, revealing.answered, revealing.ask_again),
    Talk(Action.SEARCH, search.Stage, near.answered, near.ask_again),
    Talk(Action.MANAGE_OWN, claiming.Stage, offers.answered, offers.ask_again),
    Talk(Action.ASSIST, assisting.Stage, assist.answered, assist.ask_again),
    Talk(Action.KEEP_TRUE, pairs.AtPair, duplicates.answered, duplicates.ask_again),
    Talk(Action.KEEP_TRUE, walk.Stage, verify.answered, verify.ask_again),
    Talk(Action.ASK_TO_SPREAD, founding.Asked, rwa.answered, rwa.ask_again),
    Talk(Action.SPREAD, goal.NeedGoal, progress.answered, progress.ask_again),
    Talk(Action.KEEP_SOCIETIES, founding.New, societies.answered, societies.ask_again),
    Talk(Action.SEARCH, way_stages.Stage, ways.answered, ways.ask_again),
    Talk(Action.SEARCH, area_stages.Stage, areas.answered, areas.ask_again),
    Talk(Action.CASEWORK, opening_questions.Stage, incidents.answered, incidents.ask_again),
    Talk(Action.CASEWORK, asking_stages.Stage, asking.answered, asking.ask_again),
    Talk(Action.APPROVE, delay_stages.Stage, delaying.answered, delaying.ask_again),
    Talk(Action.BROADCAST, broadcast_stages.Stage, broadcast.answered, broadcast.ask_again),
    Talk(Action.ADMINISTER, officer_stages.Stage, officers.answered, officers.ask_again),
    Talk(Action.LOOK_ROUND, join_stages.NeedAccept, joining.answered, joining.ask_again, reminded=True),
)


def talk_of(stage: Stage) -> Talk:
    """The conversation that a stage belongs to."""
    return next(talk for talk in TALKS if isinstance(stage, talk.stages))  # type: ignore[arg-type]  # a union of classes


def button(data: str) -> Route | None:
    """The route of a standing button: the longest name that its data begins with."""
    parts = data.split(":")
    return BUTTONS.get(":".join(parts[:2])) or BUTTONS.get(parts[0])
