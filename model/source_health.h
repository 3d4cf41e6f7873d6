#ifndef MODEL_SOURCE_HEALTH_H
#define MODEL_SOURCE_HEALTH_H

/* Why a source gave no figures, in a form that the wall can say in any language. */

#include <stdint.h>

enum source_problem {
    SOURCE_FINE,
    SOURCE_WAITING,     /* asked, nothing came yet */
    SOURCE_UNREACHABLE, /* no connection: refused, no route, name not found */
    SOURCE_TLS,         /* certificate not trusted, not yet valid, wrong host */
    SOURCE_TIMEOUT,     /* `number` = the limit in seconds */
    SOURCE_HTTP_STATUS, /* `number` = the status */
    SOURCE_SIGN_IN,     /* the server refused who asks, or gave no token */
    SOURCE_TOO_LARGE,   /* `number` = the limit in MiB */
    SOURCE_NOT_JSON,    /* HTML, cut off, not UTF-8, nested too deep */
    SOURCE_FILTER,      /* the jq filter failed, ran too long or used too much memory */
    SOURCE_DOCUMENT,    /* what the filter gave is not a vigie-samples/1 document */
    SOURCE_FROZEN,      /* it answers, and its figures do not move while people are at work */
    SOURCE_LIMITED,     /* the vendor asks to wait; `number` = minutes, rounded up */
    SOURCE_FILE,        /* a file or standard input that cannot be read */
    SOURCE_RECONNECT,   /* the sign-in is refused for good: a person must connect the source again */
    SOURCE_SECRET,      /* a secret that this machine cannot read or keep: nothing was asked */
    SOURCE_CLOCK,       /* the sign-in is refused because this machine's clock is wrong */
    SOURCE_PROBLEM_COUNT
};

struct source_failure {
    enum source_problem problem;
    double number;       /* see above, else 0 */
    const char *detail;  /* English, for IT: probe and log; never a secret; NULL: none */
    int64_t next_try_ms; /* monotonic: when it is asked again; 0: not known */
};

#endif
