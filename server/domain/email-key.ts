/** An e-mail address as it is compared: nobody knows two people apart by capitals. */
export function emailKeyFrom(email: string): string {
  return email.trim().normalize("NFC").toLowerCase();
}
