namespace MedTune.Data.Images;

/// <summary>Decodes a scan of a lossless JPEG picture: each sample is what its neighbors predict plus a coded difference (ITU-T T.81, annex H).</summary>
internal static class JpegLossless
{
    /// <summary>Decodes a scan into its places of the samples [height, width, components].</summary>
    /// <returns>Where the scan's bits end, or shortly before.</returns>
    public static int Decode(ReadOnlySpan<byte> bytes, int at, JpegHeader header, JpegScan scan, int[] samples, int restart, string where)
    {
        int width = header.Width;
        int channels = header.Components.Length;
        if (scan.Predictor is < 1 or > 7 || scan.PointTransform >= header.Precision)
        {
            throw JpegRefusals.Damaged(where, "a scan of its lossless JPEG data has an unknown predictor");
        }

        if (header.Components.Any(component => component.Horizontal != header.MostHorizontal || component.Vertical != header.MostVertical) || restart % width != 0)
        {
            throw JpegRefusals.Unsupported(where, "a lossless JPEG picture with halved colors or with restarts inside of rows");
        }

        int[] members = [.. scan.Members.Select(member => Array.IndexOf(header.Components, member.Component))];
        var bits = new JpegBits(bytes, at, where);
        int start = 1 << (header.Precision - scan.PointTransform - 1);
        int restartRows = restart / width;
        for (int row = 0; row < header.Height; row++)
        {
            bool isFirstRow = row == 0;
            if (restartRows > 0 && row > 0 && row % restartRows == 0)
            {
                bits.Restart((row / restartRows) - 1);
                isFirstRow = true; // prediction starts anew
            }

            for (int column = 0; column < width; column++)
            {
                for (int member = 0; member < members.Length; member++)
                {
                    int category = scan.Members[member].Dc.Take(ref bits, where);
                    if (category > 16)
                    {
                        throw JpegRefusals.Damaged(where, "its JPEG data hold an impossible difference");
                    }

                    int difference = category == 16 ? 32768 : bits.TakeDifference(category);
                    int place = (((row * width) + column) * channels) + members[member];
                    int prediction = isFirstRow ? (column == 0 ? start : samples[place - channels])
                        : column == 0 ? samples[place - (width * channels)]
                        : Predict(scan.Predictor, samples[place - channels], samples[place - (width * channels)], samples[place - ((width + 1) * channels)]);
                    int sample = (prediction + difference) & 0xFFFF;
                    samples[place] = sample < 2 * start ? sample : throw JpegRefusals.Damaged(where, $"its JPEG data hold a sample of more than {header.Precision} bits");
                }
            }
        }

        Scale(samples, members, channels, scan.PointTransform);
        return bits.Position;
    }

    private static int Predict(int predictor, int left, int above, int aboveLeft) => predictor switch
    {
        1 => left,
        2 => above,
        3 => aboveLeft,
        4 => left + above - aboveLeft,
        5 => left + ((above - aboveLeft) >> 1),
        6 => above + ((left - aboveLeft) >> 1),
        _ => (left + above) >> 1,
    };

    private static void Scale(int[] samples, int[] members, int channels, int shift)
    {
        if (shift == 0)
        {
            return;
        }

        foreach (int member in members)
        {
            for (int i = member; i < samples.Length; i += channels)
            {
                samples[i] = (samples[i] << shift) & 0xFFFF;
            }
        }
    }
}
