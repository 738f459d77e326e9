"""Every kind of file goes through the real file picker once, is matched, checked and used, and says what it holds."""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from planner.actuals.writing import to_workbook
from tests.browser.conftest import settled

HERE = Path(__file__).parent / "uploads"
TEXTS = {
    "calls.csv": "month,channel,stage,count\n2027-01,phone,dials,900\n2027-02,phone,dials,950\n",
    "linkedin.tsv": "Month\tInvites sent\tAccepted\n2027-01\t400\t120\n2027-02\t420\t130\n",
    "pivot.csv": (
        "Sum of Appointments;Column Labels;;\nRow Labels;Phone;LinkedIn;Total\n2027-01;7;3;10\n2027-02;9;4;13\n"
    ),
    "across.csv": "Channel,Metric,2027-01,2027-02\nLanding page,Visitors,700,650\n",
    "deals.csv": (
        "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Create Date,Close Date\n"
        "1,A,Closed Won,x,12000,2027-01-05,2027-02-15\n2,B,Closed Lost,x,9000,2027-01-05,2027-02-01\n"
    ),
    "newsletter.csv": (
        "Subject:,Hello\nSent,2027-01-12\nTotal emails sent:,820\nOpened:,240\nClicked:,31\nUnsubscribed:,4\n"
        "Spam complaints:,1\nHard bounce:,6\nSoft bounce:,9\n"
    ),
}
SOURCES = (
    "calls.csv",
    "linkedin.tsv",
    "pivot.csv",
    "across.csv",
    "meetings.xlsx",
    "sms.xls",
    "post.ods",
)  # to be named
FIGURES = {
    ("2027-01", "phone", "dials"): 900, ("2027-02", "linkedin", "accepted"): 130,
    ("2027-01", "phone", "appointment"): 7, ("2027-02", "linkedin", "appointment"): 4,
    ("2027-02", "landing", "visitors"): 650, ("2027-02-15", "No channel", "revenue"): 12_000,
    ("2027-02-15", "No channel", "won"): 1, ("2027-01-12", "email", "opened"): 240,
    ("2027-02", "sms", "sent"): 290, ("2027-02", "sms", "appointment"): 2, ("2027-02", "post", "sent"): 120,
}  # fmt: skip


def test_every_kind_of_file_is_picked_matched_checked_and_used(
    address: str, visitor: BrowserContext, tmp_path: Path
) -> None:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, "utf-8")
    rows = [("Month", "Channel", "Appointments"), ("2027-01", "SMS", "1"), ("2027-02", "SMS", "2")]
    (tmp_path / "meetings.xlsx").write_bytes(to_workbook(rows))
    files = [*(tmp_path / name for name in (*TEXTS, "meetings.xlsx")), HERE / "sms.xls", HERE / "post.ods"]
    page = visitor.new_page()
    page.goto(f"{address}/actuals")
    settled(page)
    with page.expect_file_chooser() as picked:
        page.locator("[data-testid=stFileUploader] button").first.click()
    picked.value.set_files(files)
    names = page.get_by_role("textbox", name="Source (tool and account)")
    expect(names).to_have_count(len(files))
    for number, file in enumerate(files):
        if file.name in SOURCES:
            names.nth(number).fill(file.name)
            names.nth(number).press("Enter")
            expect(page.locator("[data-testid=stApp]")).to_have_attribute("data-test-script-state", "notRunning")
    use = page.get_by_role("button", name="Use these actuals")
    expect(use).to_be_enabled()
    use.click()
    expect(page.get_by_role("button", name="All actuals as CSV")).to_be_visible()
    with page.expect_download() as saved:
        page.get_by_role("button", name="All actuals as CSV").click()
    with open(saved.value.path(), encoding="utf-8", newline="") as text:
        used = {(row["period"], row["channel"], row["stage"]): float(row["count"]) for row in csv.DictReader(text)}
    assert {figure: used.get(figure) for figure in FIGURES} == FIGURES
