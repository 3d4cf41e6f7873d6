#include "fetch/url.h"

#include <string.h>
#include <strings.h>

#include "fetch/template.h"

static bool loopback_host(const char *host)
{
    return host &&
           (text_equal(host, "localhost") || text_starts_with(host, "127.") || text_equal(host, "[::1]"));
}

char *url_part(const char *url, CURLUPart which)
{
    char *part = NULL;
    CURLU *parsed = curl_url();
    if (parsed && curl_url_set(parsed, CURLUPART_URL, url, 0) == CURLUE_OK)
        curl_url_get(parsed, which, &part, CURLU_DEFAULT_PORT);
    curl_url_cleanup(parsed);
    return part;
}

bool url_is_loopback(const char *url)
{
    char *host = url_part(url, CURLUPART_HOST);
    bool loopback = loopback_host(host);
    curl_free(host);
    return loopback;
}

static bool same_part(const char *a, const char *b, CURLUPart which)
{
    char *of_a = url_part(a, which), *of_b = url_part(b, which);
    bool same = of_a && of_b && strcasecmp(of_a, of_b) == 0;
    curl_free(of_a);
    curl_free(of_b);
    return same;
}

bool url_same_server(const char *a, const char *b)
{
    return same_part(a, b, CURLUPART_SCHEME) && same_part(a, b, CURLUPART_HOST) &&
           same_part(a, b, CURLUPART_PORT);
}

/* A user that a server writes into a URL is not ours, and the part behind # is never sent. */
static bool drop_what_is_not_sent(CURLU *parsed)
{
    return curl_url_set(parsed, CURLUPART_USER, NULL, 0) == CURLUE_OK &&
           curl_url_set(parsed, CURLUPART_PASSWORD, NULL, 0) == CURLUE_OK &&
           curl_url_set(parsed, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK;
}

bool url_resolve(const char *base, const char *reference, struct text *out)
{
    char *whole = NULL;
    CURLU *parsed = curl_url();
    bool resolved = parsed && curl_url_set(parsed, CURLUPART_URL, base, 0) == CURLUE_OK &&
                    curl_url_set(parsed, CURLUPART_URL, reference, CURLU_URLENCODE) == CURLUE_OK &&
                    drop_what_is_not_sent(parsed) &&
                    curl_url_get(parsed, CURLUPART_URL, &whole, 0) == CURLUE_OK;
    if (resolved)
        text_append(out, whole);
    curl_free(whole);
    curl_url_cleanup(parsed);
    return resolved;
}

/* Where the parameter begins in the query; where it would be added if it is not there. */
static const char *find_parameter(const char *query, const char *end, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = query; at < end; at += strcspn(at, "&#") + 1)
        if (strncmp(at, name, length) == 0 && (at[length] == '=' || at[length] == '&' || at + length == end))
            return at;
    return end;
}

void url_set_parameter(struct text *url, const char *name, const char *value)
{
    struct text result = {0};
    const char *whole = text_bytes(url), *end = whole + strcspn(whole, "#");
    const char *query = whole + strcspn(whole, "?#");
    const char *old = query < end ? find_parameter(query + 1, end, name) : end;
    text_append_bytes(&result, whole, (size_t)(old - whole));
    if (old == end)
        text_append(&result, query == end ? "?" : end[-1] == '?' || end[-1] == '&' ? "" : "&");
    text_append(&result, name);
    text_append(&result, "=");
    text_append_percent_encoded(&result, value);
    text_append(&result, old < end ? old + strcspn(old, "&#") : end);
    text_finish(url);
    *url = result;
}
