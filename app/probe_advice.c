#include "app/probe_advice.h"

#include <string.h>

enum asker { ANYBODY, NOBODY_SIGNED_IN, SOMEBODY_SIGNED_IN };

/* The first row that fits. What is NULL or 0 fits everything. */
#define NOT_UNDERSTOOD                                                                                       \
    {                                                                                                        \
        "the server did not understand the request: compare address, --header and --body with the "          \
        "vendor's documentation",                                                                            \
            "the server did not understand the request: compare url, headers and body with the vendor's "    \
            "documentation"                                                                                  \
    }

static const char reads_json[] =
    "Vigie reads JSON; ask the same address for it (often ?format=json), or let a small program "
    "write the figures into a file (README.md, url: file:export.json)";

static const struct row {
    enum source_problem problem;
    long status, last_status; /* 0: that one alone */
    enum asker asker;
    const char *challenge, *content_type, *detail; /* a word in it */
    const char *anywhere;                          /* the same at every place */
    const char *words[ADVICE_PLACE_COUNT];
} rows[] = {
    {SOURCE_SIGN_IN, .status = 401, .asker = NOBODY_SIGNED_IN, .challenge = "basic",
     .words = {"the server wants a user and a password: --auth basic --auth id=USER --auth secret=file:PATH "
               "(the file with the password alone, chmod 600)",
               "the server wants a user and a password: auth: {kind: basic, id: USER, secret: {file: PATH}} "
               "(the file with the password alone, chmod 600)"}},
    {SOURCE_SIGN_IN, .status = 401, .asker = NOBODY_SIGNED_IN, .challenge = "bearer",
     .words =
         {"the server wants a token: --auth bearer --auth secret=file:PATH (chmod 600); where the vendor "
          "gives a client id and a secret instead: --auth oauth2_client_credentials --auth token_url=URL "
          "--auth id=ID --auth secret=file:PATH",
          "the server wants a token: auth: {kind: bearer, secret: {file: PATH}} (chmod 600); where the "
          "vendor gives a client id and a secret instead: auth: {kind: oauth2_client_credentials, "
          "token_url: URL, id: ID, secret: {file: PATH}}"}},
    {SOURCE_SIGN_IN, .status = 401, .asker = NOBODY_SIGNED_IN,
     .words = {"the server does not say how one signs in; the vendor's documentation does. Usual: --auth "
               "bearer --auth secret=file:PATH, or --auth header --auth header=X-Api-Key --auth "
               "secret=file:PATH, or --auth basic --auth id=USER --auth secret=file:PATH",
               "the server does not say how one signs in; the vendor's documentation does. Usual: auth: "
               "{kind: bearer, secret: {file: PATH}}, or {kind: header, header: X-Api-Key, secret: {file: "
               "PATH}}, or {kind: basic, id: USER, secret: {file: PATH}}"}},
    {SOURCE_SIGN_IN, .status = 401,
     .anywhere =
         "the server was shown the secret and does not take it: is it whole, still valid, of the right "
         "account, and is this the kind of sign-in that the vendor describes?"},
    {SOURCE_HTTP_STATUS, .status = 400, .words = NOT_UNDERSTOOD},
    {SOURCE_HTTP_STATUS, .status = 422, .words = NOT_UNDERSTOOD},
    {SOURCE_HTTP_STATUS, .status = 403,
     .anywhere = "whoever signs in so may not read this: the account or the token lacks a right"},
    {SOURCE_HTTP_STATUS, .status = 404,
     .words = {"the server is there, the path is not: compare it with the vendor's documentation",
               "the server is there, the path is not: compare url with the vendor's documentation"}},
    {SOURCE_HTTP_STATUS, .status = 405,
     .words = {"the server wants another method: try --method POST with a --body",
               "the server wants another method: method: POST with a body, or GET without"}},
    {SOURCE_HTTP_STATUS, .status = 429,
     .words = {"the account asks too often, counting all its tools: wait some minutes and ask again",
               "the account asks too often, counting all its tools: make every: longer, or let its sources "
               "share a budget (budgets:)"}},
    {SOURCE_HTTP_STATUS, .status = 500, .last_status = 599,
     .words =
         {"the trouble is at the vendor's, or with a request that it did not expect: ask again later, "
          "then compare address and body with the vendor's documentation",
          "the trouble is at the vendor's: there is nothing to mend here, the wall asks again by itself, "
          "less and less often"}},
    {SOURCE_LIMITED,
     .words =
         {"the account asks too often, counting all its tools: wait as long and ask again",
          "the wall waits as long; if it happens often, make every: longer, or let the account's sources "
          "share a budget (budgets:)"}},
    {SOURCE_NOT_JSON, .detail = "cut off",
     .words =
         {"the answer did not come whole: ask again, then look for a proxy in between",
          "the answer did not come whole: the wall asks again by itself; if it happens often, look for a "
          "proxy in between"}},
    {SOURCE_NOT_JSON, .detail = "latin1_ok"},
    {SOURCE_NOT_JSON, .detail = "nested deeper",
     .anywhere = "no answer with figures is built like this: is this the address of the API?"},
    {SOURCE_NOT_JSON, .content_type = "html",
     .words =
         {"this is a page for people, often the login: use the address of the API (often /api/…) and "
          "sign in with --auth",
          "this is a page for people, often the login: is url the address of the API (often /api/…), and "
          "is auth: right?"}},
    {SOURCE_NOT_JSON, .content_type = "csv", .anywhere = reads_json},
    {SOURCE_NOT_JSON, .content_type = "xml", .anywhere = reads_json},
    {SOURCE_NOT_JSON, .detail = "stops in the middle",
     .words = {"the server sent half of an answer: ask again, then tell those who run it",
               "the server sent half of an answer: the wall asks again by itself; if it happens often, tell "
               "those who run it"}},
    {SOURCE_NOT_JSON, .words = {"Vigie reads JSON; is this the address of the API?",
                                "Vigie reads JSON; is url the address of the API?"}},
    {SOURCE_DOCUMENT, .words = {NULL, "the answer came, but the adapter made no figures of it that Vigie can "
                                      "read; for an address that no adapter knows, `vigie probe --url "
                                      "ADDRESS` drafts a filter"}},
    {SOURCE_FILTER, .words = {NULL, "the answer came, but the adapter did not like it: is it the adapter for "
                                    "this address? A filter is tried on a saved answer with `vigie probe "
                                    "--adapter FILE.jq --reply FILE.json`"}},
    {SOURCE_TLS, .detail = "not believed",
     .words =
         {"a private authority's certificate is named with --ca-file PATH; there is no switch that turns "
          "the check off",
          "a private authority's certificate is named with ca_file: PATH; there is no switch that turns "
          "the check off"}},
};

static bool has_word(const char *text, const char *word)
{
    return !word || (text && strcasestr(text, word));
}

static bool has_status(const struct row *row, long status)
{
    if (row->last_status)
        return status >= row->status && status <= row->last_status;
    return !row->status || status == row->status;
}

static bool fits(const struct row *row, const struct source_settings *source,
                 const struct fetch_result *result)
{
    enum asker asker = source->auth.kind == AUTH_NONE ? NOBODY_SIGNED_IN : SOMEBODY_SIGNED_IN;
    return row->problem == result->failure.problem && has_status(row, result->http_status) &&
           (row->asker == ANYBODY || row->asker == asker) && has_word(result->challenge, row->challenge) &&
           has_word(result->content_type, row->content_type) && has_word(result->failure.detail, row->detail);
}

const char *probe_advice(const struct source_settings *source, const struct fetch_result *result,
                         enum advice_place place)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (fits(&rows[i], source, result))
            return rows[i].anywhere ? rows[i].anywhere : rows[i].words[place];
    return NULL;
}
