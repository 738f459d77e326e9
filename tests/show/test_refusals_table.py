"""What was left out of an upload: the same fault stands once, with the lines it is on."""

from planner.actuals.reading import understand
from planner.plan.starter import starter
from planner.show.upload import refusals_table


def test_a_word_that_names_no_channel_stands_once_with_its_lines() -> None:
    rows = "\n".join(f"Cold outreach,{metric},10,20,30" for metric in ("Dials", "Conversations", "Appointments"))
    upload = understand(f"Channel,Metric,2027-01,2027-02,2027-03\nE-mail,Sent,1,2,3\n{rows}\n".encode(), starter())
    cells = [row[:2] for row in refusals_table(upload).rows]
    assert (len(upload.refused), cells) == (9, [("3, 4, 5", "Channel")])
