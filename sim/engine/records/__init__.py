"""What every department reads and writes: the rows of documents, their clocks, the log, what is known of a customer."""
