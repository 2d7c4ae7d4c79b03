/**
 * Whether a call came in at this account's own address. An adapter is also shown what other accounts of the organisation were told, since
 * some networks call an app once for all of them; the key at the end of the path tells them apart, whatever stands before it.
 */
export function isCalledAt(url: string, hookUrl: string | undefined): boolean {
  return hookUrl === undefined || keyOf(url) === keyOf(hookUrl);
}

const keyOf = (url: string): string | undefined => URL.parse(url)?.pathname.split('/').at(-1);
