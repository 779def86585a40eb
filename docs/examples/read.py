# Reads an export of Tocsin: events by country, with the least that were killed and what is open.
#
#     tocsin events --ledger demo.ledger --format csv > events.csv
#     python3 read.py events.csv
import sys

import pandas as pd

events = pd.read_csv(
    sys.argv[1],
    parse_dates=["start", "end", "published"],
    dtype={name: "Int64" for name in ["killed_low", "killed_best", "killed_high", "sources"]},
    # "NA" is Namibia. An empty cell is "no text says", never 0.
    keep_default_na=False,
    na_values=[""],
)
events["killed"] = events["killed_best"].fillna(events["killed_low"])
table = events.groupby("country").agg(
    events=("id", "count"),
    killed_at_least=("killed_low", "sum"),
    killed=("killed", "sum"),
    no_number=("killed", lambda killed: int(killed.isna().sum())),
)
print(table.sort_values(["killed_at_least", "events"], ascending=False).to_string())
