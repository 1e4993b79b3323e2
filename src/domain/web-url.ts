/** Whether a text is an address of http or https that carries no user, no password and no fragment. Whether it may be asked is decided where it is. */
export function isWebUrl(text: string): boolean {
  const url = URL.parse(text);
  if (url === null || /[\s\p{Cc}\\]/u.test(text)) return false;
  return (url.protocol === 'https:' || url.protocol === 'http:') && url.username === '' && url.password === '' && !text.includes('#') && url.hostname !== '';
}
