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

struct header_setting {
    const char *name;
    const char *value;
};

enum auth_kind {
    AUTH_NONE,
    AUTH_BASIC,  /* id: user, secret: password */
    AUTH_BEARER, /* secret: the token */
    AUTH_HEADER, /* header: its name, secret: its value */
    AUTH_QUERY,  /* parameter: its name, secret: its value */
    AUTH_OAUTH2_CLIENT_CREDENTIALS,
    AUTH_OAUTH2_PASSWORD,
    AUTH_OAUTH2_REFRESH_TOKEN,
    AUTH_EXCHANGE, /* the token of `platform` is exchanged for another one */
    AUTH_SIGV4,    /* id: access key, secret: secret key */
    AUTH_KIND_COUNT
};

/* Members that the kind makes no use of are zero. Equal settings share one token. */
struct auth_settings {
    enum auth_kind kind;
    struct secret id, secret; /* oauth2: of the client */
    const char *header;       /* oauth2, exchange: what carries the token instead of Authorization */
    const char *parameter;

    /* what asks for tokens */
    const char *token_url;
    struct secret user, password; /* oauth2_password */
    struct secret refresh_token;  /* a file: the next one is written there */
    bool client_in_form;          /* else as Basic */
    bool client_url_encoded;      /* in Basic, as RFC 6749 2.3.1 has it and few servers */
    const char *scope, *audience;
    size_t form_count;
    const struct header_setting *form; /* further fields */
    const char *token_field;           /* where the answer has the token; NULL: access_token */
    const char *ca_file;               /* NULL: the system's */

    /* exchange */
    enum auth_kind platform; /* how the first token is got */
    const char *exchange_url;
    const char *exchange_field; /* form field with the first token; NULL: it goes as Bearer */
    size_t exchange_form_count;
    const struct header_setting *exchange_form;
    int exchanges_per_minute;

    /* sigv4 */
    const char *region, *service;
    struct secret session_token; /* of temporary credentials */
};

/* How an answer that comes in pages says where the next one is. */
enum paging_kind {
    PAGING_NONE,
    PAGING_URL,    /* `next` in the answer is the URL of the next page */
    PAGING_TOKEN,  /* `next` is a token, sent back as `send_as` */
    PAGING_CURSOR, /* the same in the variables of a GraphQL body, while `more` is true */
    PAGING_NUMBER, /* pages have numbers, sent as `send_as` */
    PAGING_SKIP,   /* rows are skipped, how many is sent as `send_as` */
    PAGING_LINK    /* header Link: <URL>; rel="next" */
};

/* Places in an answer are as json_at() takes them; NULL: not given. */
struct paging {
    enum paging_kind kind;
    const char *next, *more;
    const char *send_as; /* with POST a place in the JSON body, else a parameter of the URL */
    const char *rows;    /* number, skip: where the list of rows is; NULL: the answer itself is the list */
    const char *total;   /* where it says how many rows there are in all; NULL: an empty page is the end */
    int start, step;     /* of numbers and skips */
};

/* What a vendor's own header says about when to come back. */
enum limit_meaning { LIMIT_SECONDS, LIMIT_EPOCH };

struct limit_header {
    const char *name; /* NULL: there is none */
    enum limit_meaning meaning;
};

/* What a vendor allows an account, all tools of the customer together. */
struct budget_settings {
    const char *name;
    double calls;
    int64_t per_ms;
    double burst; /* calls at once */
};

/* Where documents come from. */
enum source_place {
    PLACE_SERVER, /* `url` */
    PLACE_FILE,   /* `path`, read again when it was written again */
    PLACE_STDIN   /* one document after the other on standard input */
};

struct source_settings {
    const char *name;
    const char *adapter;     /* as the board writes it, for messages */
    const char *filter_path; /* the jq file; NULL: answers are wanted as they are */
    enum source_place place;
    const char *path; /* of a file */
    const char *url;
    const char *method; /* "GET" or "POST" */
    const char *body;   /* NULL: none; templates of moments are filled at each poll */
    size_t header_count;
    const struct header_setting *headers;
    struct auth_settings auth;
    const char *ca_file;          /* NULL: the system's */
    const char *proxy;            /* NULL: as http_proxy and its like in the environment say */
    const char *cfg_json;         /* handed to the filter as $cfg; "{}" if none */
    int64_t every_ms, timeout_ms; /* a whole poll, with all its pages, has `timeout_ms` */
    size_t max_bytes;             /* of one answer, unpacked; of all its pages together */
    bool latin1_ok;               /* an answer that is not UTF-8 is read as Windows-1252 */
    struct paging paging;
    struct limit_header limit_header;
    const struct budget_settings *budget; /* shared by sources, the same address is the same; NULL: none */
};

#endif
