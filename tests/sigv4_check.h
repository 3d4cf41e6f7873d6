#ifndef TESTS_SIGV4_CHECK_H
#define TESTS_SIGV4_CHECK_H

/*
 * AWS Signature Version 4 computed from a request as it arrived, with a SHA-256 of its own (FIPS 180-4): it
 * shares nothing with the program, so that agreement means something.
 */

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SHA256_BYTES = 32, SHA256_BLOCK = 64, SIGV4_MOST_BYTES = 8192 };

static inline uint32_t sha256_turn(uint32_t x, int by)
{
    return x >> by | x << (32 - by);
}

/* The round constants: the first 32 bits of the fractions of the cube roots of the first 64 primes. */
static const uint32_t sha256_round[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static inline void sha256_block(uint32_t state[8], const unsigned char *block)
{
    uint32_t w[64], v[8];
    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)block[4 * i] << 24 | (uint32_t)block[4 * i + 1] << 16 |
               (uint32_t)block[4 * i + 2] << 8 | block[4 * i + 3];
    for (int i = 16; i < 64; i++)
        w[i] = w[i - 16] + w[i - 7] +
               (sha256_turn(w[i - 15], 7) ^ sha256_turn(w[i - 15], 18) ^ w[i - 15] >> 3) +
               (sha256_turn(w[i - 2], 17) ^ sha256_turn(w[i - 2], 19) ^ w[i - 2] >> 10);
    memcpy(v, state, sizeof v);
    for (int i = 0; i < 64; i++) {
        uint32_t one = v[7] + (sha256_turn(v[4], 6) ^ sha256_turn(v[4], 11) ^ sha256_turn(v[4], 25)) +
                       ((v[4] & v[5]) ^ (~v[4] & v[6])) + sha256_round[i] + w[i];
        uint32_t two = (sha256_turn(v[0], 2) ^ sha256_turn(v[0], 13) ^ sha256_turn(v[0], 22)) +
                       ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
        memmove(v + 1, v, 7 * sizeof *v);
        v[4] += one;
        v[0] = one + two;
    }
    for (int i = 0; i < 8; i++)
        state[i] += v[i];
}

static inline void sha256(const void *bytes, size_t length, unsigned char digest[SHA256_BYTES])
{
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    unsigned char last[2 * SHA256_BLOCK] = {0};
    size_t whole = length / SHA256_BLOCK * SHA256_BLOCK, rest = length - whole;
    size_t padded = rest + 9 > SHA256_BLOCK ? 2 * SHA256_BLOCK : SHA256_BLOCK;
    for (size_t at = 0; at < whole; at += SHA256_BLOCK)
        sha256_block(state, (const unsigned char *)bytes + at);
    memcpy(last, (const unsigned char *)bytes + whole, rest);
    last[rest] = 0x80;
    for (size_t i = 0; i < 8; i++)
        last[padded - 1 - i] = (unsigned char)((uint64_t)length * 8 >> 8 * i);
    for (size_t at = 0; at < padded; at += SHA256_BLOCK)
        sha256_block(state, last + at);
    for (size_t i = 0; i < SHA256_BYTES; i++)
        digest[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}

/* Keys of at most one block. */
static inline void sha256_mac(const void *key, size_t key_length, const char *text,
                              unsigned char digest[SHA256_BYTES])
{
    unsigned char inner[SHA256_BLOCK + SIGV4_MOST_BYTES] = {0}, outer[SHA256_BLOCK + SHA256_BYTES] = {0};
    memcpy(inner, key, key_length);
    memcpy(outer, key, key_length);
    for (int i = 0; i < SHA256_BLOCK; i++) {
        inner[i] ^= 0x36;
        outer[i] ^= 0x5c;
    }
    memcpy(inner + SHA256_BLOCK, text, strlen(text));
    sha256(inner, SHA256_BLOCK + strlen(text), outer + SHA256_BLOCK);
    sha256(outer, sizeof outer, digest);
}

static inline void sigv4_hex(const unsigned char digest[SHA256_BYTES], char hex[2 * SHA256_BYTES + 1])
{
    for (size_t i = 0; i < SHA256_BYTES; i++)
        sprintf(hex + 2 * i, "%02x", digest[i]);
}

/* A header's value with runs of blanks as one, "" if it is not there. */
static inline void sigv4_header(const char *request, const char *name, char *value, size_t size)
{
    size_t length = strlen(name), put = 0;
    *value = '\0';
    for (const char *line = strstr(request, "\r\n"); line && strncmp(line, "\r\n\r\n", 4) != 0;
         line = strstr(line + 2, "\r\n")) {
        if (strncasecmp(line + 2, name, length) != 0 || line[2 + length] != ':')
            continue;
        const char *from = line + 3 + length, *to = strstr(from, "\r\n");
        from += strspn(from, " ");
        for (; from < to && put + 1 < size; from++)
            if (*from != ' ' || from[1] != ' ')
                value[put++] = *from;
        value[put] = '\0';
        return;
    }
}

static inline int sigv4_compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Parameters in the order in which AWS signs them: "=" sorts before all that a name may contain. */
static inline void sigv4_query(const char *query, char *canonical)
{
    char *items[64], *copy = strdup(query), *rest = copy;
    size_t count = 0;
    *canonical = '\0';
    for (char *item; (item = strsep(&rest, "&")) && count < 64;) {
        for (char *equals = strchr(item, '='); equals; equals = NULL)
            *equals = '\1';
        if (*item)
            items[count++] = item;
    }
    qsort(items, count, sizeof *items, sigv4_compare);
    for (size_t i = 0; i < count; i++) {
        strcat(strcat(canonical, i ? "&" : ""), items[i]);
        if (!strchr(items[i], '\1'))
            strcat(canonical, "=");
    }
    for (char *c = canonical; *c; c++)
        if (*c == '\1')
            *c = '=';
    free(copy);
}

static inline void sigv4_canonical(const char *request, const char *signed_headers, char *out)
{
    char method[16], target[2048], query[2048], value[2048], hex[2 * SHA256_BYTES + 1];
    unsigned char digest[SHA256_BYTES];
    sscanf(request, "%15s %2047s", method, target);
    char *mark = strchr(target, '?');
    sigv4_query(mark ? mark + 1 : "", query);
    if (mark)
        *mark = '\0';
    out += sprintf(out, "%s\n%s\n%s\n", method, target, query);
    char *copy = strdup(signed_headers), *rest = copy;
    for (char *name; (name = strsep(&rest, ";"));) {
        sigv4_header(request, name, value, sizeof value);
        out += sprintf(out, "%s:%s\n", name, value);
    }
    free(copy);
    const char *body = strstr(request, "\r\n\r\n") + 4;
    sha256(body, strlen(body), digest);
    sigv4_hex(digest, hex);
    sprintf(out, "\n%s\n%s", signed_headers, hex);
}

/* Whether the request is signed as AWS would sign it: right key, region, service, headers, query and body. */
static inline bool sigv4_is_right(const char *request, const char *key, const char *secret,
                                  const char *region, const char *service)
{
    char date[32], authorization[2048], canonical[SIGV4_MOST_BYTES], text[1024], scope[256];
    char hex[2 * SHA256_BYTES + 1], expected[2048], secret_key[256], signed_headers[512] = "";
    unsigned char digest[SHA256_BYTES];
    sigv4_header(request, "x-amz-date", date, sizeof date);
    sigv4_header(request, "authorization", authorization, sizeof authorization);
    const char *names = strstr(authorization, "SignedHeaders=");
    if (!names || strlen(date) != 16)
        return false;
    sscanf(names, "SignedHeaders=%511[^,]", signed_headers);
    sigv4_canonical(request, signed_headers, canonical);
    sha256(canonical, strlen(canonical), digest);
    sigv4_hex(digest, hex);
    snprintf(scope, sizeof scope, "%.8s/%s/%s/aws4_request", date, region, service);
    snprintf(text, sizeof text, "AWS4-HMAC-SHA256\n%s\n%s\n%s", date, scope, hex);
    snprintf(secret_key, sizeof secret_key, "AWS4%s", secret);
    date[8] = '\0';
    sha256_mac(secret_key, strlen(secret_key), date, digest);
    sha256_mac(digest, sizeof digest, region, digest);
    sha256_mac(digest, sizeof digest, service, digest);
    sha256_mac(digest, sizeof digest, "aws4_request", digest);
    sha256_mac(digest, sizeof digest, text, digest);
    sigv4_hex(digest, hex);
    snprintf(expected, sizeof expected, "AWS4-HMAC-SHA256 Credential=%s/%s, SignedHeaders=%s, Signature=%s",
             key, scope, signed_headers, hex);
    return strcmp(authorization, expected) == 0;
}

#endif
