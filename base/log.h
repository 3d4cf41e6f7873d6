#ifndef BASE_LOG_H
#define BASE_LOG_H

/*
 * Diagnostics on standard error, one line each, for a person with a journal.
 * Safe from any thread. Never handed a secret, never handed an answer's raw body.
 */

enum log_level { LOG_ERROR, LOG_WARNING, LOG_INFO, LOG_DEBUG };

/* What is written from now on; LOG_INFO at the start. */
void log_set_level(enum log_level most_verbose);

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
