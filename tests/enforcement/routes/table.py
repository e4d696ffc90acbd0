"""The routes of the law, each from its first act to its end: its name, the articles that make it what it is, the acts in order.

The words are those of words.py and beside.py, what is said with one stands behind a colon; `+3` lets three days pass, `window` the party's time to be heard, and `other` goes on
with the case on the other side of a transfer.
"""

from typing import NamedTuple


class Route(NamedTuple):
    name: str
    law: str
    acts: str


# Parts that many routes share.
INQUIRED = "clue file assign evidence report"
NOTICED = f"{INQUIRED} submit pass notice"
DECIDED = f"{NOTICED} window decide"
SERVED = f"{DECIDED} serve"
LAST = "clue:water file assign evidence report"
TOLD_LAST = f"{LAST} notice"
TAUGHT = "serve close"
HELD = "clue file assign ask-measure approve-measure"
SENT = "flag report-crime approve-referral send"
CODED = "open-visit approve-visit ask-code code"
INSPECTED = f"{CODED} tell-visit check-in record-visit"
OVER = "tell-result publish-result close-visit"
THEN = "pay close"
WEIGHED = "weigh exclude"
CALLED = "panel call announce-hearing +14 hearing"

ORDINARY = (
    Route("nobody is heard, and the window ends", "APL-2021:44;APL-2021:45(1)", f"{SERVED} {THEN}"),
    Route("the party waives its defence in writing", "APL-2021:62", f"{NOTICED} waive decide serve {THEN}"),
    Route("the party states its case", "APL-2021:45(1)", f"{NOTICED} statement statement recheck window decide serve {THEN}"),
    Route("stated again after the recheck", "APL-2021:45(1)", f"{NOTICED} statement recheck statement recheck window decide serve {THEN}"),
    Route("stated, then waived", "APL-2021:45(1);APL-2021:62", f"{NOTICED} statement waive recheck waive decide serve {THEN}"),
    Route("a hearing is held", "APL-2021:63;APL-2021:64", f"{NOTICED} ask-hearing statement {CALLED} report-hearing recheck window submit pass decide serve {THEN}"),
    Route("a hearing is asked for after a statement", "APL-2021:64[1]", f"{NOTICED} statement ask-hearing {CALLED} report-hearing recheck window submit pass decide serve {THEN}"),
    Route("a hearing is asked for after the recheck", "APL-2021:64[1]", f"{NOTICED} statement recheck ask-hearing {CALLED} report-hearing recheck window submit pass decide serve {THEN}"),
    Route("a hearing that the party gives up", "APL-2021:62;APL-2021:64", f"{NOTICED} ask-hearing waive decide serve {THEN}"),
    Route("what was said is rechecked without the hearing given up", "APL-2021:62", f"{NOTICED} ask-hearing statement waive recheck decide serve {THEN}"),
    Route("reviewed again after the party was heard", "APL-2021:58(1)[2]", f"{NOTICED} statement recheck window submit pass decide serve {THEN}"),
    Route("the review sends it back", "SAMR-2022:54", f"{INQUIRED} submit return evidence report submit pass notice window decide serve {THEN}"),
    Route("told anew after a second review", "APL-2021:44;APL-2021:58(1)[2]", f"{NOTICED} statement recheck window submit pass notice waive decide serve {THEN}"),
    Route("a major fine, discussed and filed", "APL-2021:57(2);LN-SUP:16", "clue file assign evidence report:major submit pass notice window decide file-major serve publish pay close"),
    Route("filed with the city after service", "LN-SUP:16", "clue file assign evidence report:major submit pass notice window decide serve file-major pay close"),
    Route("filed with the city after payment", "LN-SUP:16", "clue file assign evidence report:major submit pass notice window decide serve pay file-major close"),
    Route("filed with the city after the end", "LN-SUP:16", "clue file assign evidence report:major submit pass notice window decide serve pay close file-major"),
    Route("a warning, with nothing to pay", "APL-2021:9[1]", "clue file assign evidence report:warning submit pass notice window decide serve close"),
    Route("a youth of fourteen to eighteen", "APL-2021:30;APL-2021:50", "clue:youth file assign evidence report:youth submit pass notice window decide withhold:MINOR serve pay close"),
    Route("a grown citizen", "APL-2021:63", "clue:adult file assign evidence report:citizen submit pass notice window decide serve publish pay close"),
    Route("property confiscated, handed over before the fine", "APL-2021:66(1)", "clue file assign evidence report:confiscation submit pass notice window decide serve perform pay close"),
    Route("property confiscated, handed over after the fine", "APL-2021:66(1)", "clue file assign evidence report:confiscation submit pass notice window decide serve pay perform close"),
    Route("served by public notice", "CPL-2023:95(1)", f"{DECIDED} announce +31 serve:PUBLIC_NOTICE {THEN}"),
    Route("paid in two payments", "APL-2021:67(3)", f"{SERVED} pay-part:10000 pay close"),
    Route("paid later", "APL-2021:66(2)", f"{SERVED} ask-deferral grant +20 pay close"),
    Route("paid in instalments", "APL-2021:66(2)", f"{SERVED} ask-deferral grant:3 +20 pay-part:10000 +30 pay-part:10000 +30 pay close"),
    Route("a deferral denied", "APL-2021:66(2)", f"{SERVED} ask-deferral deny pay close"),
    Route("annulled and closed", "SAMR-2022:77", f"{SERVED} set-aside close:SET_ASIDE"),
    Route("reported on the hearing after the recheck", "APL-2021:65", f"{NOTICED} ask-hearing {CALLED} recheck report-hearing submit pass decide serve {THEN}"),
    Route("nobody came to the hearing", "APL-2021:64[6]", f"{NOTICED} ask-hearing panel call announce-hearing +14 miss-hearing decide serve {THEN}"),
    Route("the inquiry stands still, and goes on", "SAMR-2022:46", "clue file assign stand-still go-on evidence report submit pass notice window decide serve pay close"),
    Route("ended while the inquiry stands still", "SAMR-2022:47", "clue file assign stand-still terminate close"),
    Route("evidence is weighed at every stage", "APL-2021:46", f"clue file assign {'evidence ' * 10}{WEIGHED} report {WEIGHED} submit {WEIGHED} pass {WEIGHED} notice {WEIGHED} statement {WEIGHED} ask-hearing {WEIGHED} {CALLED} {WEIGHED} report-hearing recheck {WEIGHED} submit pass decide serve {THEN}"),
    Route("into the archive", "SAMR-2022:78(1)", f"{SERVED} {THEN} archive"),
)  # fmt: skip
PUBLICITY = (
    Route("public at once", "APL-2021:48(1)", f"{DECIDED} publish correct serve {THEN}"),
    Route("public after service", "APL-2021:48(1)", f"{SERVED} publish correct withdraw:SAFETY tell-credit {THEN}"),
    Route("public after payment", "APL-2021:48(1)", f"{SERVED} pay publish correct withdraw:SAFETY tell-credit close"),
    Route("public after the end", "APL-2021:48(1)", f"{SERVED} {THEN} publish correct set-aside withdraw tell-credit"),
    Route("annulled before service, and taken back", "APL-2021:48(2)", f"{DECIDED} publish set-aside withdraw tell-credit serve close:SET_ASIDE"),
    Route("a trade secret is taken out", "OGI-2019:15", f"{DECIDED} withhold:TRADE_SECRET publish:redacted serve {THEN}"),
    Route("kept back after service", "OGI-2019:14", f"{SERVED} withhold:STATE_SECRET {THEN}"),
    Route("kept back after payment", "OGI-2019:14", f"{SERVED} pay withhold:STATE_SECRET set-aside refund close"),
    Route("kept back after the end", "OGI-2019:14", f"{SERVED} {THEN} withhold:STATE_SECRET"),
)  # fmt: skip
REVIEW_LAST = (
    Route("told before it is reviewed", "APL-2021:58(1)", f"{TOLD_LAST} window submit pass decide serve {THEN}"),
    Route("review last, after a waiver", "APL-2021:62", f"{TOLD_LAST} waive submit pass decide serve {THEN}"),
    Route("review last, after a statement", "APL-2021:45(1)", f"{TOLD_LAST} statement statement waive recheck waive submit pass decide serve {THEN}"),
    Route("review last, after a hearing", "APL-2021:64", f"{TOLD_LAST} statement ask-hearing statement {CALLED} report-hearing recheck window submit pass decide serve {THEN}"),
    Route("review last, the hearing given up", "APL-2021:62", f"{TOLD_LAST} ask-hearing waive submit pass decide serve {THEN}"),
    Route("review last, given back and told again", "SAMR-2022:54", f"{TOLD_LAST} waive submit return evidence report notice waive submit pass notice waive submit pass decide serve {THEN}"),
    Route("review last, property confiscated by public notice", "CPL-2023:95(1)", "clue:water file assign evidence report:confiscation notice waive submit pass decide announce +31 serve:PUBLIC_NOTICE perform pay close"),
    Route("review last, let go", "APL-2021:33(1)", "clue:water file assign evidence propose:MINOR let-go serve close"),
    Route("review last, given back and handed in again as it was told", "SAMR-2022:54", f"{TOLD_LAST} window submit return evidence report submit pass decide serve {THEN}"),
    Route("review last, let go after the notice", "APL-2021:33(2)", f"{TOLD_LAST} let-go:NO_FAULT {TAUGHT}"),
    Route("review last, let go after what was said", "APL-2021:33(2)", f"{TOLD_LAST} statement let-go:NO_FAULT {TAUGHT}"),
    Route("review last, let go after the recheck", "APL-2021:33(2)", f"{TOLD_LAST} statement recheck let-go:NO_FAULT {TAUGHT}"),
)  # fmt: skip
NO_PENALTY = (
    Route("minor, corrected, harmless", "APL-2021:33(1)", f"clue file assign evidence propose:MINOR let-go {TAUGHT}"),
    Route("the first time, corrected, little harm", "APL-2021:33(1)", f"clue file assign evidence propose:FIRST_OFFENCE let-go {TAUGHT}"),
    Route("no fault", "APL-2021:33(2)", f"clue file assign evidence propose:NO_FAULT let-go {TAUGHT}"),
    Route("a child under fourteen", "APL-2021:30", f"clue:child file assign evidence propose:UNDER_FOURTEEN let-go {TAUGHT}"),
    Route("who could not understand what he did", "APL-2021:31", f"clue:adult file assign evidence:expert propose:NOT_RESPONSIBLE let-go {TAUGHT}"),
    Route("no violation is established", "APL-2021:57(1)[3]", f"clue file assign evidence propose:NOT_ESTABLISHED let-go {TAUGHT}"),
    Route("reviewed, and let go", "APL-2021:57(1)[2]", f"clue file assign evidence propose:MINOR submit pass let-go {TAUGHT}"),
    Route("let go after the notice", "APL-2021:57(1)[3]", f"{NOTICED} let-go:NOT_ESTABLISHED {TAUGHT}"),
    Route("let go after what the party said", "APL-2021:45(1)", f"{NOTICED} statement let-go:NO_FAULT {TAUGHT}"),
    Route("let go after the hearing", "APL-2021:64", f"{NOTICED} ask-hearing {CALLED} report-hearing let-go:NO_FAULT {TAUGHT}"),
    Route("let go after the recheck", "APL-2021:45(1)", f"{NOTICED} statement recheck let-go:NO_FAULT {TAUGHT}"),
    Route("not filed", "SAMR-2022:20", "clue decline"),
)  # fmt: skip
# What a remedy does in every state of the decision.
AGAIN = "evidence report submit pass notice window decide serve pay close"
OUTCOMES = (
    Route("upheld before service", "ARL-2023:68", f"{DECIDED} uphold serve {THEN}"),
    Route("upheld after service", "ARL-2023:68", f"{SERVED} uphold {THEN}"),
    Route("upheld after payment", "ARL-2023:68", f"{SERVED} pay uphold close"),
    Route("upheld after the end", "ARL-2023:68", f"{SERVED} {THEN} uphold"),
    Route("unlawful before service", "ARL-2023:65", f"{DECIDED} unlawful serve {THEN}"),
    Route("unlawful after service", "ARL-2023:65", f"{SERVED} unlawful {THEN}"),
    Route("unlawful after payment", "ARL-2023:65", f"{SERVED} pay unlawful close"),
    Route("unlawful after the end", "ARL-2023:65", f"{SERVED} {THEN} unlawful"),
    Route("annulled after the end", "ARL-2023:64", f"{SERVED} {THEN} set-aside refund"),
    Route("decided anew, before service", "ARL-2023:64(2)", f"{DECIDED} publish reopen withdraw tell-credit {AGAIN}"),
    Route("decided anew, after service", "ARL-2023:64(2)", f"{SERVED} publish reopen evidence report withdraw tell-credit submit pass notice window decide serve pay close"),
    Route("decided anew, after payment", "ARL-2023:64(2)", f"{SERVED} publish pay reopen evidence refund report submit withdraw tell-credit pass notice window decide serve pay close"),
    Route("decided anew, after the end", "ARL-2023:64(2)", f"{SERVED} publish {THEN} reopen evidence report submit pass withdraw tell-credit notice window decide refund:1 serve refund:1 pay refund close"),
    Route("let go, upheld", "ARL-2023:68", "clue file assign evidence propose:MINOR let-go uphold serve close"),
    Route("let go, unlawful", "ARL-2023:65", "clue file assign evidence propose:MINOR let-go serve unlawful close"),
    Route("let go, annulled", "ARL-2023:64", "clue file assign evidence propose:MINOR let-go serve set-aside close"),
    Route("let go, decided anew", "ARL-2023:64(2)", f"clue file assign evidence propose:MINOR let-go serve reopen {AGAIN}"),
)  # fmt: skip
REMEDIED = "reconsidered stayed unstayed end-reconsideration sued end-suit"
FINES = (
    Route("reconsidered and sued before service", "APL-2021:73(3)", f"{DECIDED} {REMEDIED} serve {THEN}"),
    Route("reconsidered and sued after service", "APL-2021:73(3)", f"{SERVED} {REMEDIED} {THEN}"),
    Route("reconsidered and sued after payment", "APL-2021:73(3)", f"{SERVED} pay {REMEDIED} close"),
    Route("reconsidered and sued after the end", "APL-2021:73(3)", f"{SERVED} {THEN} {REMEDIED}"),
    Route("collected on the spot", "APL-2021:68;APL-2021:71", "spot:small report-spot collect hand-in bank close"),
    Route("collected aboard", "APL-2021:69;APL-2021:71", "spot report-spot collect-aboard land hand-in bank close"),
    Route("collected aboard in the ordinary procedure", "APL-2021:69", f"{SERVED} collect-aboard land hand-in bank close"),
    Route("the court enforces", "ACL-2011:53", f"{SERVED} remedies-over demand answer-demand recheck-demand +16 apply accepts rules enforces pay:60000 close"),
    Route("the court ends the enforcement", "SAMR-2022:77", f"{SERVED} remedies-over demand +16 apply accepts rules ends close:ENFORCEMENT_ENDED"),
    Route("the court enforces at once", "ACL-2011:59", f"{SERVED} remedies-over apply-at-once accepts rules-at-once enforces"),
    Route("applied for at once after the demand", "ACL-2011:59", f"{SERVED} remedies-over demand apply-at-once accepts withdraw-court"),
    Route("the court refuses, and is overruled", "ACL-2011:56(2)", f"{SERVED} remedies-over demand +16 apply refuses challenge allows rules-against challenge dismisses"),
    Route("collected in a remote place, in the ordinary procedure", "APL-2021:69", f"{SERVED} collect:remote hand-in bank close"),
    Route("after a deferral", "APL-2021:72(2)", f"{SERVED} ask-deferral grant:10 +335 deferral-over demand +100 lapses"),
    Route("the right is lost without a demand", "ACL-2011:53", f"{SERVED} remedies-over +95 lapses"),
    Route("the right is lost after the demand", "ACL-2011:53", f"{SERVED} remedies-over demand +95 lapses"),
    Route("the refusal stands", "ACL-2011:56(2)", f"{SERVED} remedies-over demand +16 apply refuses +20 stands"),
    Route("paid when the remedies are over", "APL-2021:66(1)", f"{SERVED} remedies-over pays close"),
    Route("paid on the demand", "APL-2021:66(1)", f"{SERVED} remedies-over demand pays close"),
    Route("paid when the court was applied to", "APL-2021:66(1)", f"{SERVED} remedies-over demand +16 apply pays close"),
    Route("paid when the court accepted", "APL-2021:66(1)", f"{SERVED} remedies-over demand +16 apply accepts pays close"),
    Route("paid on the ruling", "APL-2021:66(1)", f"{SERVED} remedies-over demand +16 apply accepts rules pays close"),
    Route("withdrawn from the court", "ALIT-2017:62", f"{SERVED} remedies-over demand +16 apply withdraw-court"),
)  # fmt: skip
CORRECTED = "slip put-right"
CORRECTIONS = (
    Route("the party hands in evidence in every state", "APL-2021:45(1)", f"{NOTICED} evidence statement evidence ask-hearing evidence {CALLED} evidence report-hearing recheck evidence submit pass decide serve pay close"),
    Route("a slip is corrected in every state", "APL-2021:75(2)", f"clue {CORRECTED} file {CORRECTED} assign {CORRECTED} evidence report {CORRECTED} submit {CORRECTED} pass {CORRECTED} notice {CORRECTED} statement {CORRECTED} ask-hearing {CORRECTED} {CALLED} {CORRECTED} report-hearing recheck {CORRECTED} submit pass decide {CORRECTED} serve {CORRECTED} pay {CORRECTED} close {CORRECTED}"),
    Route("review last, a slip is corrected in every state", "APL-2021:75(2)", f"clue:water {CORRECTED} file {CORRECTED} assign {CORRECTED} evidence report {CORRECTED} notice {CORRECTED} statement {CORRECTED} ask-hearing {CORRECTED} {CALLED} {CORRECTED} report-hearing recheck {CORRECTED} submit {CORRECTED} pass {CORRECTED} decide {CORRECTED} serve {CORRECTED} pay {CORRECTED} close {CORRECTED}"),
    Route("a slip is corrected where no penalty was imposed", "APL-2021:75(2)", f"clue file assign evidence propose:MINOR let-go {CORRECTED} serve close"),
    Route("a slip is corrected where the inquiry was ended", "APL-2021:75(2)", f"clue file terminate {CORRECTED} close"),
    Route("a slip is corrected on the spot", "APL-2021:75(2)", f"spot {CORRECTED} report-spot pay {CORRECTED} close {CORRECTED}"),
)  # fmt: skip
SUMMARY = (
    Route("a fine on the spot", "APL-2021:51", "spot report-spot pay close"),
    Route("a warning on the spot", "APL-2021:51", "spot:warning report-spot close"),
    Route("reported after payment, public", "APL-2021:52(3)", "spot publish pay report-spot close"),
    Route("on the spot, in two payments, later", "APL-2021:66(2)", "spot ask-deferral grant pay-part:100 pay report-spot close publish"),
    Route("on the spot, corrected", "SAMR-PUBLICITY-2021:12", "spot publish correct:law report-spot pay close"),
    Route("on the spot, corrected after payment", "SAMR-PUBLICITY-2021:12", "spot publish pay correct:law report-spot close"),
    Route("on the spot, corrected after the end", "SAMR-PUBLICITY-2021:12", "spot publish pay report-spot close correct:law"),
    Route("on the spot, annulled", "APL-2021:75(2)", "spot pay-part:100 report-spot publish set-aside refund withdraw tell-credit close:SET_ASIDE"),
    Route("on the spot, annulled after payment", "APL-2021:75(2)", "spot report-spot pay publish set-aside withdraw tell-credit refund close"),
    Route("on the spot, annulled after the end", "APL-2021:75(2)", "spot report-spot pay close publish set-aside withdraw tell-credit refund"),
    Route("on the spot, upheld", "ARL-2023:68", "spot uphold report-spot pay uphold close uphold"),
    Route("on the spot, unlawful", "ARL-2023:65", "spot unlawful report-spot pay close"),
    Route("on the spot, unlawful after payment", "ARL-2023:65", "spot report-spot pay unlawful close"),
    Route("on the spot, unlawful after the end", "ARL-2023:65", "spot report-spot pay close unlawful"),
    Route("on the spot, taken up again", "ARL-2023:64(2)", "spot publish reopen-spot withdraw tell-credit decline"),
    Route("on the spot, taken up again and not filed", "ARL-2023:64(2);APL-2021:48(2)", "spot publish reopen-spot decline withdraw tell-credit"),
    Route("on the spot, taken up again after payment", "ARL-2023:64(2)", "spot pay reopen-spot refund:1 file refund terminate close"),
    Route("on the spot, taken up again after the end", "ARL-2023:64(2)", "spot report-spot pay close reopen-spot decline refund"),
    Route("on the spot, reconsidered and sued", "APL-2021:73(3)", f"spot {REMEDIED} report-spot pay close"),
    Route("on the spot, reconsidered and sued after payment", "APL-2021:73(3)", f"spot report-spot pay {REMEDIED} close"),
    Route("on the spot, reconsidered and sued after the end", "APL-2021:73(3)", f"spot report-spot pay close {REMEDIED}"),
    Route("on the spot, kept back", "OGI-2019:14", "spot withhold:STATE_SECRET report-spot pay close"),
    Route("on the spot, kept back after payment", "OGI-2019:14", "spot report-spot pay withhold:STATE_SECRET close"),
    Route("on the spot, kept back after the end", "OGI-2019:14", "spot report-spot pay close withhold:STATE_SECRET"),
)  # fmt: skip
# What the agency itself finds wrong.
WRONG = "wrong own-refuse wrong own-annul"
OWN = (
    Route("the agency annuls its decision", "APL-2021:75(2)", f"{DECIDED} {WRONG} serve close:SET_ASIDE"),
    Route("the agency annuls its decision, served", "APL-2021:75(2)", f"{SERVED} publish {WRONG} withdraw tell-credit close:SET_ASIDE"),
    Route("the agency annuls its decision, paid", "APL-2021:75(2)", f"{SERVED} pay {WRONG} refund close"),
    Route("the agency annuls its decision, closed", "APL-2021:75(2)", f"{SERVED} {THEN} {WRONG} refund"),
    Route("the agency changes its decision and decides anew", "APL-2021:75(2)", f"{DECIDED} wrong:less own-change wrong:anew own-reopen {AGAIN}"),
    Route("the agency changes its decision and decides anew, served", "APL-2021:75(2)", f"{SERVED} wrong:less own-change wrong:anew own-reopen {AGAIN}"),
    Route("the agency changes its decision and decides anew, paid", "APL-2021:75(2)", f"{SERVED} pay wrong:less own-change wrong:anew own-reopen refund {AGAIN}"),
    Route("the agency changes its decision and decides anew, closed", "APL-2021:75(2)", f"{SERVED} {THEN} wrong:less own-change wrong:anew own-reopen refund {AGAIN}"),
    Route("the agency annuls that it let the party go", "APL-2021:75(2)", f"clue file assign evidence propose:MINOR let-go {WRONG} serve close"),
    Route("the agency decides anew whom it let go", "APL-2021:75(2)", f"clue file assign evidence propose:MINOR let-go serve wrong:anew own-reopen {AGAIN}"),
    Route("on the spot, the agency annuls it", "APL-2021:75(2)", f"spot report-spot {WRONG} close:SET_ASIDE"),
    Route("on the spot, the agency annuls it, paid", "APL-2021:75(2)", f"spot report-spot pay {WRONG} refund close"),
    Route("on the spot, the agency annuls it, closed", "APL-2021:75(2)", f"spot report-spot pay close {WRONG} refund"),
    Route("on the spot, the agency changes it and takes it up again", "APL-2021:75(2)", "spot wrong:less own-change wrong:anew own-reopen-spot decline"),
    Route("on the spot, the agency changes it and takes it up again, paid", "APL-2021:75(2)", "spot pay wrong:less own-change wrong:anew own-reopen-spot decline refund"),
    Route("on the spot, the agency changes it and takes it up again, closed", "APL-2021:75(2)", "spot report-spot pay close wrong:less own-change wrong:anew own-reopen-spot decline refund"),
)  # fmt: skip
# The same in every state in which the law knows it.
RECUSED = "recuse stay"
RECUSAL = (
    Route("an officer stands aside and is replaced", "APL-2021:43", "clue file assign recuse aside assign evidence report submit pass notice window decide serve pay close"),
    Route("a request in every state is refused", "APL-2021:43(3)", f"clue {RECUSED} file {RECUSED} assign {RECUSED} evidence report {RECUSED} submit {RECUSED} pass {RECUSED} notice {RECUSED} statement {RECUSED} ask-hearing {RECUSED} {CALLED} {RECUSED} report-hearing recheck {RECUSED} window submit pass decide serve pay close"),
    Route("officers are changed in every state", "APL-2021:42(1)", f"clue file assign assign evidence report assign submit assign pass assign notice assign statement assign ask-hearing assign {CALLED} report-hearing assign recheck assign window submit pass decide serve pay close"),
    Route("review last, a request in every state is refused", "APL-2021:43(3)", f"clue:water {RECUSED} file {RECUSED} assign {RECUSED} evidence report {RECUSED} notice {RECUSED} statement {RECUSED} ask-hearing {RECUSED} {CALLED} {RECUSED} report-hearing recheck {RECUSED} window submit {RECUSED} pass {RECUSED} decide serve pay close"),
    Route("review last, officers are changed in every state", "APL-2021:42(1)", f"clue:water file assign assign evidence report assign notice assign statement assign ask-hearing assign {CALLED} report-hearing assign recheck assign window submit assign pass assign decide serve pay close"),
    Route("a request while the inquiry stands still", "APL-2021:43(3)", f"clue file assign stand-still {RECUSED} terminate close"),
    Route("the head stands aside", "SAMR-2022:4", "clue recuse:head aside:head decline:head-2"),
)  # fmt: skip
TRANSFER = (
    Route("a clue goes to the body that is competent", "APL-2021:22;SAMR-2022:14", "clue transfer other acknowledge file terminate close"),
    Route("a filed case goes", "SAMR-2022:14", "clue file transfer other acknowledge decline"),
    Route("a case in inquiry goes", "SAMR-2022:14", "clue file assign transfer other acknowledge file terminate close"),
    Route("the receiver gives way in a dispute", "APL-2021:25(2)", "clue transfer other dispute acknowledge file terminate close"),
    Route("the sender gives way and has the clue again", "APL-2021:25(2)", "clue transfer other dispute other take-back-clue decline"),
    Route("the sender gives way and has the case again", "APL-2021:25(2)", "clue file assign transfer other dispute other take-back assign evidence report submit pass notice window decide serve pay close"),
    Route("the superior designates the receiver", "APL-2021:25(2)", "clue transfer other dispute refer-dispute designate:here file terminate close"),
    Route("the superior designates the sender", "APL-2021:25(2)", "clue transfer other dispute refer-dispute designate:there other decline"),
)  # fmt: skip
STATES = {
    "filed": "",
    "in inquiry": "assign",
    "reported": "assign evidence report",
    "in review": "assign evidence report submit",
    "reviewed": "assign evidence report submit pass",
    "told": "assign evidence report submit pass notice",
    "stated": "assign evidence report submit pass notice statement",
    "hearing set": "assign evidence report submit pass notice ask-hearing",
    "heard": f"assign evidence report submit pass notice ask-hearing {CALLED} report-hearing",
    "rechecked": "assign evidence report submit pass notice statement recheck",
    "standing still": "assign stand-still",
}
LAST_STATES = {name: acts.replace(" submit pass notice", " notice").replace(" submit pass", " notice waive submit pass") for name, acts in STATES.items()}  # fmt: skip
LAST_STATES["in review"] = "assign evidence report notice waive submit"
# A decision that was undone, and is taken back from the public only later.
TAKEN_BACK = (
    *(
        Route(f"taken back from the public late, {name}", "APL-2021:48(2)", f"{SERVED} pay publish reopen {acts.removeprefix('assign').strip()} refund withdraw tell-credit terminate close")
        for name, acts in STATES.items() if name != "filed"
    ),
    Route("taken back from the public late, filed", "APL-2021:48(2)", "spot publish reopen-spot file withdraw tell-credit terminate close"),
    Route("taken back from the public late, let go", "APL-2021:48(2)", f"{SERVED} pay publish reopen evidence propose:MINOR let-go refund withdraw tell-credit serve close"),
    Route("taken back from the public late, ended", "APL-2021:48(2)", f"{SERVED} pay publish reopen terminate withdraw tell-credit refund close"),
    Route("taken back from the public late, given away", "APL-2021:48(2)", f"{SERVED} pay publish reopen transfer refund withdraw tell-credit"),
)  # fmt: skip
ENDED = tuple(
    Route(f"ended without a decision, {name}", "SAMR-2022:47", f"clue file {acts} terminate close") for name, acts in STATES.items()
) + tuple(
    Route(f"review last, ended without a decision, {name}", "SAMR-2022:47", f"clue:water file {acts} terminate close") for name, acts in LAST_STATES.items()
)  # fmt: skip
YIELDED = tuple(
    Route(f"another body was designated, {name}", "APL-2021:25(2)", f"clue file {acts} rival designate:there") for name, acts in STATES.items()
)  # fmt: skip
MEASURES = (
    Route("seized, and given back when decided", "ACL-2011:28(1)", f"{HELD} seize evidence report submit pass notice window decide serve pay release:DECIDED close"),
    Route("seized, and confiscated by the decision", "ACL-2011:27", f"{HELD} seize evidence report:confiscation submit pass notice window decide confiscate serve perform pay close"),
    Route("sealed, and destroyed as a law wants", "ACL-2011:27", "clue file assign ask-measure:seal approve-measure seal evidence report submit pass notice window decide destroy serve pay close"),
    Route("appraised, extended, and lifted", "ACL-2011:25", f"{HELD} seize appraise +3 appraised extend appraise +3 appraised release evidence report submit pass notice waive decide serve pay close"),
    Route("extended, and confiscated", "ACL-2011:25(1);ACL-2011:27", f"{HELD} seize extend evidence report:confiscation submit pass notice window decide confiscate serve perform pay close"),
    Route("extended, and destroyed", "ACL-2011:27", f"{HELD} seize extend evidence report submit pass notice window decide destroy serve pay close"),
    Route("the term ends by itself", "ACL-2011:28(1)[4]", f"{HELD} seize +31 come-due release:TERM_OVER terminate close"),
    Route("the longer term ends by itself", "ACL-2011:28(1)[4]", f"{HELD} seize extend +61 come-due release:TERM_OVER terminate close"),
    Route("refused by the head", "ACL-2011:18[1]", "clue file assign ask-measure refuse-measure terminate close"),
    Route("taken urgently, approved in a day", "ACL-2011:19", "clue file assign seize-urgently +0.5 approve-afterwards release terminate close"),
    Route("sealed urgently, lifted at once", "ACL-2011:19", "clue file assign seal-urgently release:NO_VIOLATION terminate close"),
    Route("taken urgently, never approved", "ACL-2011:19", "clue file assign seize-urgently +1.1 come-due release:TERM_OVER terminate close"),
    Route("money frozen, told, extended, settled", "ACL-2011:29;ACL-2011:32(1)", "clue file assign ask-measure:freeze approve-measure freeze deliver-freeze extend deliver-freeze evidence report submit pass notice window decide settle serve pay close"),
    Route("money frozen, and settled in the first term", "ACL-2011:32(1)", "clue file assign ask-measure:freeze approve-measure freeze evidence report submit pass notice window decide settle serve pay close"),
    Route("money frozen, lifted", "ACL-2011:33(1)", "clue file assign ask-measure:freeze approve-measure freeze release terminate close"),
    Route("money frozen for longer, lifted", "ACL-2011:33(1)", "clue file assign ask-measure:freeze approve-measure freeze extend release terminate close"),
    Route("a freeze ends by itself", "ACL-2011:33(1)[4]", "clue file assign ask-measure:freeze approve-measure freeze +31 come-due release:TERM_OVER terminate close"),
    Route("a longer freeze ends by itself", "ACL-2011:33(1)[4]", "clue file assign ask-measure:freeze approve-measure freeze extend +61 come-due release:TERM_OVER terminate close"),
)  # fmt: skip
REFERRALS = (
    Route("referred, opened, convicted, ended", "CRT-2020:3(1);APL-2021:35", f"clue file assign evidence {SENT} received opened hand-over-papers convicted terminate close"),
    Route("referred with what was seized", "ACL-2011:21;CRT-2020:12", f"{HELD} seize {SENT} received opened hand-over hand-over-papers convicted terminate close"),
    Route("referred with what was held longer", "ACL-2011:21", f"{HELD} seize extend {SENT} received opened hand-over hand-over-papers convicted terminate close"),
    Route("referred with what was frozen", "ACL-2011:21", f"clue file assign ask-measure:freeze approve-measure freeze {SENT} received opened hand-over hand-over-papers convicted terminate close"),
    Route("referred with what was frozen longer", "ACL-2011:21", f"clue file assign ask-measure:freeze approve-measure freeze extend {SENT} received opened hand-over hand-over-papers convicted terminate close"),
    Route("the chief does not approve", "CRT-2020:5(2)", f"{NOTICED} flag report-crime reject-referral window decide serve pay close"),
    Route("the police open none", "CRT-2020:10", f"{NOTICED} {SENT} received refused resume window decide serve pay close"),
    Route("the police reconsider and open", "CRT-2020:9", f"clue file assign {SENT} received refused ask-police-again opened-after-all hand-over-papers sent-back terminate close"),
    Route("refused again, the case goes on", "CRT-2020:9;CRT-2020:10", f"{NOTICED} {SENT} received refused ask-police-again refused-again resume window decide serve pay close"),
    Route("refused again, the procuratorate is asked", "CRT-2020:9(3)", f"clue file assign {SENT} received refused ask-police-again refused-again ask-procuratorate opened-under-supervision sent-back terminate close"),
    Route("the procuratorate is asked at once, in vain", "CRT-2020:9;CRT-2020:10", f"{NOTICED} {SENT} received refused ask-procuratorate resume window decide serve pay close"),
    Route("sent on to the police that are competent", "CRT-2020:7", f"clue file assign {SENT} received not-competent forwarded opened hand-over-papers sent-back terminate close"),
)  # fmt: skip
INSPECTIONS = (
    Route("inspected, nothing found", "GBF-2024-54", f"{INSPECTED} nothing-found {OVER}"),
    Route("corrected and verified", "APL-2021:28(1)", f"{INSPECTED} order-correction +5 verify {OVER}"),
    Route("found, filed, penalised", "APL-2021:54(1)", f"{INSPECTED} refer-clue {OVER} file assign evidence report submit pass notice window decide serve pay close"),
    Route("not corrected, then filed and let go", "APL-2021:33(1)", f"{INSPECTED} order-correction refer-clue {OVER} file assign evidence propose:MINOR let-go serve close"),
    Route("unannounced, as a law allows", "GBF-2024-54", f"{CODED} check-in:unannounced record-visit nothing-found {OVER}"),
    Route("in another area, filed", "SP-INSPECT", f"{CODED} tell-visit check-in:outside record-outside file-outside nothing-found {OVER}"),
    Route("no code the first time", "GBF-2024-54", "open-visit replace approve-visit replace ask-code no-code ask-code replace code replace call-off"),
    Route("urgent on a complaint, made good", "GBF-2024-54", f"open-visit:complaint check-in-urgently make-good ask-code code:afterwards record-visit nothing-found {OVER}"),
    Route("urgent, made good when recorded", "GBF-2024-54", f"open-visit:complaint check-in-urgently record-visit make-good ask-code no-code ask-code code:afterwards nothing-found {OVER}"),
    Route("urgent, made good when concluded", "GBF-2024-54", f"open-visit:complaint check-in-urgently record-visit nothing-found make-good ask-code no-code ask-code code:afterwards {OVER}"),
    Route("urgent, made good while it is corrected", "GBF-2024-54", f"open-visit:complaint check-in-urgently record-visit order-correction make-good ask-code no-code ask-code code:afterwards verify {OVER}"),
    Route("urgent, approved before, the code comes on the way", "GBF-2024-54", f"open-visit:complaint approve-visit ask-code check-in-urgently code record-visit nothing-found {OVER}"),
    Route("urgent, approved before, the code is asked for on the way", "GBF-2024-54", f"open-visit:complaint approve-visit check-in-urgently ask-code no-code ask-code code record-visit nothing-found {OVER}"),
    Route("urgent and in another area, made good and filed", "SP-INSPECT", f"open-visit:complaint check-in-urgently:outside record-outside make-good ask-code no-code ask-code code:afterwards file-outside nothing-found {OVER}"),
    Route("called off before it was approved", "GBF-2024-54", "open-visit call-off"),
    Route("called off when approved", "GBF-2024-54", "open-visit approve-visit call-off"),
    Route("called off while the code is asked for", "GBF-2024-54", "open-visit approve-visit ask-code call-off"),
    Route("called off after the notice", "GBF-2024-54", f"{CODED} tell-visit replace call-off"),
)  # fmt: skip
ROUTES = (
    *ORDINARY, *PUBLICITY, *REVIEW_LAST, *NO_PENALTY, *OUTCOMES, *OWN, *FINES, *CORRECTIONS, *SUMMARY, *RECUSAL, *TRANSFER, *TAKEN_BACK, *ENDED, *YIELDED, *MEASURES, *REFERRALS, *INSPECTIONS,
)  # fmt: skip
