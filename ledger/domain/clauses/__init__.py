"""One module per article or annex: the words of the clause beside the lines that obey them."""
