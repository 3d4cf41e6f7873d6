#ifndef FETCH_SOURCE_H
#define FETCH_SOURCE_H

/* How to ask one source: what the board file says under `sources`, as plain data. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where a secret is found; the secret itself is read when it is needed and forgotten after. */
enum secret_kind {
    SECRET_NONE,
    SECRET_TEXT,      /* not a secret: a user name written in the board */
    SECRET_FILE,      /* refused if others than its owner can read it */
    SECRET_ENV,       /* name of an environment variable */
    SECRET_CREDENTIAL /* name of a systemd credential, in $CREDENTIALS_DIRECTORY */
};

struct secret {
    enum secret_kind kind;
    const char *name;
};

enum auth_kind { AUTH_NONE, AUTH_BASIC, AUTH_BEARER, AUTH_HEADER };

struct auth_settings {
    enum auth_kind kind;
    struct secret id;     /* basic: the user */
    struct secret secret; /* basic: the password; bearer: the token; header: its value */
    const char *header;   /* header: its name */
};

struct header_setting {
    const char *name;
    const char *value;
};

struct source_settings {
    const char *name;
    const char *adapter;     /* as the board writes it, for messages */
    const char *filter_path; /* the jq file */
    const char *url;
    const char *method; /* "GET" or "POST" */
    const char *body;   /* NULL: none; templates of moments are filled at each poll */
    size_t header_count;
    const struct header_setting *headers;
    struct auth_settings auth;
    const char *ca_file;  /* NULL: the system's */
    const char *cfg_json; /* handed to the filter as $cfg; "{}" if none */
    int64_t every_ms, timeout_ms;
    size_t max_bytes; /* of one answer, unpacked */
};

#endif
