"""What a person sees of this agreement, beside what its fact types and readings say themselves."""

from __future__ import annotations

SAID = {
    "duty:care": ("养护绿植", "care for the plants"),
    "anomaly:LOST_BEFORE_CARE": ("绿植在要求养护之前已枯死", "plants died before care was requested"),
    "path.fees": ("养护费", "care fees"),
    "path.fees.visits": ("应付费的养护次数", "visits to be paid for"),
    "path.fees.due": ("应付养护费", "fees due"),
    "path.fees.paid": ("已付养护费", "fees paid"),
    "path.fees.outstanding": ("未付养护费", "fees outstanding"),
    "PLANT_FEES": ("养护 {visits} 次，每次 {fee} 元，计 {due} 元：{facts}。",
                   "{visits} visits at {fee} yuan make {due} yuan: {facts}."),
    "PLANT_PAID": ("已付 {paid} 元：{facts}。", "{paid} yuan were paid: {facts}."),
    "PLANT_NO_VISITS": ("截至 {day} 没有应付费的养护。", "By {day} there is no visit to be paid for."),
    "PLANT_NOTHING_PAID": ("截至 {day} 没有付款。", "By {day} nothing was paid."),
    "PLANT_LOST": ("枯死 {count} 株，当日没有未完成的养护要求。",
                   "{count} plants died; on that day no requested care was outstanding."),
}  # fmt: skip
