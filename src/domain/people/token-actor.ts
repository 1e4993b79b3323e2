/** The actor of what a program did at the API: the subject of its token, escaped as in an address, so that no subject reads as several actors. */
export function tokenActor(subject: string): string {
  return `token:${encodeURIComponent(subject)}`;
}
