#include "fetch/url.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

/* "127.0.0.1.example.com" is a name like any other. */
static bool is_loopback_address(const char *host)
{
    struct in_addr address;
    return inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

static bool loopback_host(const char *host)
{
    return host && (text_equal(host, "localhost") || text_equal(host, "[::1]") || is_loopback_address(host));
}

char *url_part(const char *url, CURLUPart which)
{
    char *part = NULL;
    CURLU *parsed = curl_url();
    if (parsed && curl_url_set(parsed, CURLUPART_URL, url, CURLU_ALLOW_SPACE) == CURLUE_OK)
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
