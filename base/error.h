#ifndef BASE_ERROR_H
#define BASE_ERROR_H

/*
 * What went wrong, in words for the person who can mend it.
 *
 * A function that an operator's mistake or the outside world can make fail returns false (or NULL)
 * and fills a `struct error`; app/ prints it, once. The text names the file, line or key and says
 * what to do. A NULL error is allowed everywhere: then nobody wants to know.
 */

struct error {
    char text[1024]; /* UTF-8, "" while nothing went wrong; longer texts are cut at a character */
};

void error_set(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "prefix: " before the text that is there. */
void error_prefix(struct error *error, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
