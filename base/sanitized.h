#ifndef BASE_SANITIZED_H
#define BASE_SANITIZED_H

/* Whether this is a build with a sanitizer, which maps terabytes, keeps freed memory for a while and reads
 * files of its own: limits of memory and of the kernel do not fit it. */

#if defined __has_feature
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define BASE_SANITIZED 1
#endif
#endif
#if !defined BASE_SANITIZED && (defined __SANITIZE_ADDRESS__ || defined __SANITIZE_THREAD__)
#define BASE_SANITIZED 1
#endif
#ifndef BASE_SANITIZED
#define BASE_SANITIZED 0
#endif

#endif
