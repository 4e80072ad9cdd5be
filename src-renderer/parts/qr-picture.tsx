// A QR code, black on white in both themes, since not every scanner reads it the other way round.
import { renderSVG } from 'uqr';

export function QrPicture({
  text,
  alt,
  sizePx,
}: {
  readonly text: string;
  readonly alt: string;
  readonly sizePx: number;
}) {
  const picture = `data:image/svg+xml,${encodeURIComponent(renderSVG(text, { ecc: 'M', border: 4 }))}`;
  return <img src={picture} alt={alt} width={sizePx} height={sizePx} style={{ background: '#fff' }} />;
}
