/** Leads the browser away from the console. By itself, because tests have nowhere to go. */
export function leaveFor(address: string): void {
  window.location.assign(address);
}
