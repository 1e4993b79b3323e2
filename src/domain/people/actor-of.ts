/** Somebody as the whitelist and the log name them: an App as `app:<slug>`, everybody else as `user:<login>`. */
export function actorOf(login: string): string {
  const slug = /^(.+)\[bot\]$/.exec(login)?.[1];
  return slug === undefined ? `user:${login}` : `app:${slug}`;
}
