namespace MedTune.Data.Images;

/// <summary>What a scan header says (ITU-T T.81, B.2.3).</summary>
/// <param name="Members">The components of the scan with their tables for first coefficients (or differences) and for the rest.</param>
/// <param name="Predictor">Lossless: which neighbors predict a sample, 1 to 7.</param>
/// <param name="PointTransform">Lossless: how many low bits were dropped.</param>
internal sealed record JpegScan((JpegComponent Component, JpegHuffmanTable Dc, JpegHuffmanTable? Ac)[] Members, int Predictor, int PointTransform)
{
    public static JpegScan Read(ReadOnlySpan<byte> segment, JpegHeader header, JpegHuffmanTable?[] first, JpegHuffmanTable?[] rest, string where)
    {
        int count = segment.IsEmpty ? 0 : segment[0];
        if (count < 1 || count > header.Components.Length || segment.Length < 4 + (2 * count))
        {
            throw JpegRefusals.Damaged(where, "a scan header of its JPEG data is wrong");
        }

        var members = new (JpegComponent, JpegHuffmanTable, JpegHuffmanTable?)[count];
        for (int i = 0; i < count; i++)
        {
            int id = segment[1 + (2 * i)];
            int tables = segment[2 + (2 * i)];
            JpegComponent? component = header.Components.FirstOrDefault(candidate => candidate.Id == id && !candidate.IsDone);
            JpegHuffmanTable? firstTable = (tables >> 4) < 4 ? first[tables >> 4] : null;
            JpegHuffmanTable? restTable = (tables & 15) < 4 ? rest[tables & 15] : null;
            if (component is null || firstTable is null || (restTable is null && !header.IsLossless))
            {
                throw JpegRefusals.Damaged(where, "a scan of its JPEG data names a component or table that is not there");
            }

            component.IsDone = true;
            members[i] = (component, firstTable, restTable);
        }

        return new JpegScan(members, segment[1 + (2 * count)], segment[3 + (2 * count)] & 15);
    }
}
