const MIN_LENGTH = 10;
const MAX_LENGTH = 128;
const CONTROL = /\p{Cc}/u;
/** Below this a password is a pattern: `aaaaaaaaaa`, `0101010101`. */
const MIN_DIFFERENT = 4;

/** The commonest passwords of ten characters and more, in lower case. */
const COMMONEST: ReadonlySet<string> = new Set(
  `1234567890 12345678910 0123456789 9876543210 0987654321 1234567891 123456789a a123456789 123456789q
  123123123123 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx3edc qwertyuiop qwerty1234 qwerty12345 qwerty123456 asdfghjkl123
  asdfghjkl; zaq12wsxcde3 password12 password123 password1234 password12345 passw0rd123 p@ssw0rd123 p@ssword123
  password123! p@ssw0rd123! administrator administrator1 administrator123 admin12345 admin123456 admin1234567
  adminadmin rootroot123 welcome123 welcome1234 changeme123 letmein123 iloveyou123 iloveyou12 sunshine123
  superman123 football123 indonesia123 indonesia1 indonesia45 indonesia1945 indonesia17 indonesiaraya merdeka1945
  merdeka123 garuda12345 pancasila123 pancasila45 bismillah123 bismillah1 bismillah12 bismillah99 alhamdulillah
  assalamualaikum insyaallah123 sayangkamu rahasia123 rahasia1234 katasandi123 katasandi1 sandi12345 jakarta123
  jakarta1234 bandung123 surabaya123 pusdiklat123 pusdiklat1 pelatihan123 pegawai123 asnberakhlak berakhlak123
  kementerian kominfo123 komdigi123 komdigi1234 balai12345 balai123456 qwertyuiop123 abcdefghij abcdefghijk
  abc1234567 abcd1234567 abcd123456 aa12345678 aa123456789 asd1234567 zxcvbnm123 test123456 testing123 user123456`.split(
    /\s+/,
  ),
);

/** A password as it is compared: the same letters however they were typed (NIST SP 800-63B, 3.1.1.2). */
export function passwordFrom(typed: string): string {
  return typed.normalize("NFKC");
}

/**
 * AU6: what is wrong with a new password, or null. After NIST SP 800-63B: a length, no rules of composition, none of
 * the commonest and not the person's own address.
 */
export function passwordProblem(typed: string, email: string): string | null {
  if (!typed.isWellFormed() || CONTROL.test(typed)) return "must not contain control characters";
  const password = passwordFrom(typed);
  const { length } = [...password];
  if (length < MIN_LENGTH || length > MAX_LENGTH) {
    return `must have from ${MIN_LENGTH} to ${MAX_LENGTH} characters`;
  }
  const plain = password.toLowerCase();
  if (COMMONEST.has(plain) || new Set(plain).size < MIN_DIFFERENT) return "is one of the commonest passwords";
  const address = email.trim().toLowerCase();
  const isAddress = plain === address || plain === address.split("@")[0];
  return isAddress ? "is the e-mail address" : null;
}
