#ifndef FETCH_SECRET_H
#define FETCH_SECRET_H

/*
 * Secrets, read when they are needed and wiped after. A message about one names where it should be,
 * never what it is.
 */

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"
#include "fetch/source.h"

/*
 * Reads the secret into an empty text. False: the error says what is wrong with its place. What comes from
 * the environment is erased there the first time and kept in memory: /proc/PID/environ does not show it any
 * more.
 */
bool secret_read(const struct secret *secret, struct text *value, struct error *error);

/*
 * From now on neither a core dump nor another process of the same user sees this process's memory. Not
 * RLIMIT_CORE: the kernel does not ask it where dumps go through a pipe, as with systemd-coredump. Does not
 * outlive exec(), so that every process does it for itself.
 */
void secret_forbid_dumps(void);

/* Overwrites and frees. */
void secret_wipe(struct text *value);

/*
 * Puts "***" behind each "Authorization:" and "Proxy-Authorization:" up to the end of the line or quotation:
 * a server that repeats the request also repeats what others than us put in, like the password of a proxy in
 * the environment.
 */
void secret_mask_sign_ins(struct text *text);

/* Puts "***" wherever the secret stands in the text: as it is, or as a server that repeats it may spell it in
 * a URL (%2F), in JSON (\/, \u002f) or in HTML (&amp;, &#47;). */
void secret_mask(struct text *text, const struct text *secret);

#endif
