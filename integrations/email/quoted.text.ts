/** "On … wrote:" in the languages people write to us in; mail programs break the line where it gets long. */
const ATTRIBUTION =
  /^[ \t>*]*(?:On|El|Em|Le|Am|Il|Op|A|No dia|Na)\b[^\n]{0,200}(?:\n[^\n]{0,200}){0,2}?(?:wrote|writes|escribió|escribio|escreveu|a écrit|schrieb[^\n]{0,100}|ha scritto|schreef[^\n]{0,100})[ \t]?:[ \t*]*$/gimu;
const ORIGINAL =
  /^[ \t]*-{2,}[ \t]*(?:Original Message|Original Appointment|Mensaje original|Mensagem original|Message d'origine|Ursprüngliche Nachricht)[ \t]*-{2,}[ \t]*$/imu;
/** Outlook repeats the head of what it answers: at least From, Sent or Date, and To, in adjacent lines. */
const HEAD =
  /^(?:_{5,}[ \t]*\n\s*)?[ \t]*\*?(?:From|De|Von|Da)[ \t]?:\*?[ \t][^\n]{1,300}\n(?:[^\n]{0,300}\n){0,2}?[ \t]*\*?(?:Sent|Date|Enviado(?: el| em)?|Enviada(?: em)?|Fecha|Data|Gesendet|Envoyé|Inviato)[ \t]?:\*?[ \t][^\n]{1,300}\n(?:[^\n]{0,300}\n){0,2}?[ \t]*\*?(?:To|Para|An|À|A|Subject|Asunto|Assunto)[ \t]?:/imu;
const SIGNATURE = /^-- ?$/m;
const SENT_FROM =
  /^[ \t]*(?:Sent from my |Sent from Outlook|Get Outlook for |Enviado desde mi |Enviado do meu |Enviado de mi |Enviado a partir do |Obtener Outlook para |Obter o Outlook para |Obtenha o Outlook para )[^\n]{0,80}$/imu;
const LONGEST_READ = 200_000;

/**
 * What the writer says now: without the history that mail programs put below, and without a signature. Answers written between
 * quoted lines keep them, or nobody would know what is answered. What would leave nothing is left as it is.
 */
export function withoutQuoted(text: string): string {
  const whole = text.replace(/\r\n?/g, '\n').slice(0, LONGEST_READ).trim();
  const said = withoutSignature(withoutTrailingQuote(whole.slice(0, historyStart(whole)))).trim();
  return said === '' ? whole : said;
}

function historyStart(text: string): number {
  const starts = [ORIGINAL, HEAD].map(pattern => text.search(pattern)).filter(start => start >= 0);
  for (const { index, 0: line } of text.matchAll(ATTRIBUTION)) {
    if (!isAnsweredBetween(text.slice(index + line.length))) starts.push(index);
  }
  return Math.min(text.length, ...starts);
}

/** Quoted lines with other words after them: the answer is inside the quote. */
function isAnsweredBetween(rest: string): boolean {
  const lines = rest.split('\n').filter(line => line.trim() !== '');
  if (!lines[0]?.trimStart().startsWith('>')) return false;
  const last = lines.findLastIndex(line => line.trimStart().startsWith('>'));
  const after = withoutSignature(lines.slice(last + 1).join('\n')).trim();
  const between = lines.slice(0, last).some(line => !line.trimStart().startsWith('>'));
  return after !== '' || between;
}

function withoutTrailingQuote(text: string): string {
  const lines = text.split('\n');
  let end = lines.length;
  while (end > 0 && /^\s*(?:>.*)?$/.test(lines[end - 1]!)) end -= 1;
  return lines.slice(0, end).join('\n');
}

function withoutSignature(text: string): string {
  const starts = [SIGNATURE, SENT_FROM].map(pattern => text.search(pattern)).filter(start => start >= 0);
  return text.slice(0, Math.min(text.length, ...starts)).trimEnd();
}
