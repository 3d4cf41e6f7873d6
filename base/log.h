#ifndef BASE_LOG_H
#define BASE_LOG_H

/*
 * Diagnostics on standard error, one line each, for a person with a journal.
 * Safe from any thread. Never handed a secret, never handed an answer's raw body.
 */

void log_error(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_warning(const char *format, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
