/** Whether GitHub calls somebody a person: no App, no bot, no organisation. */
export function isPerson({ login, type }: { readonly login: string; readonly type: string }): boolean {
  return type === 'User' && !login.endsWith('[bot]');
}
