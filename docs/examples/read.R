# Reads an export of Tocsin: events by country, with the least that were killed and what is open.
#
#     tocsin events --ledger demo.ledger --format csv > events.csv
#     Rscript read.R events.csv
path <- commandArgs(trailingOnly = TRUE)[1]
# "NA" is Namibia. An empty cell is "no text says", never 0.
events <- read.csv(path, na.strings = "", encoding = "UTF-8")
events$start <- as.Date(events$start)
events$killed <- ifelse(is.na(events$killed_best), events$killed_low, events$killed_best)
table <- do.call(rbind, lapply(split(events, events$country), function(rows) {
  data.frame(
    country = rows$country[1],
    events = nrow(rows),
    killed_at_least = sum(rows$killed_low, na.rm = TRUE),
    killed = sum(rows$killed, na.rm = TRUE),
    no_number = sum(is.na(rows$killed))
  )
}))
print(table[order(-table$killed_at_least, -table$events), ], row.names = FALSE)
