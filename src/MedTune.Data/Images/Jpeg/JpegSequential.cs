namespace MedTune.Data.Images;

/// <summary>Decodes a scan of a baseline or extended sequential JPEG picture into the planes of its components (ITU-T T.81, annex F).</summary>
internal static class JpegSequential
{
    private static ReadOnlySpan<byte> ZigZag =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>Decodes a scan.</summary>
    /// <param name="bytes">The whole picture.</param>
    /// <param name="at">Where the scan's bits start.</param>
    /// <param name="header">The frame header.</param>
    /// <param name="scan">The scan header.</param>
    /// <param name="quantization">The quantization tables, in zigzag order.</param>
    /// <param name="restart">Units between restart markers; 0 for none.</param>
    /// <param name="where">The file, for sentences.</param>
    /// <returns>Where the scan's bits end, or shortly before.</returns>
    public static int Decode(ReadOnlySpan<byte> bytes, int at, JpegHeader header, JpegScan scan, ushort[]?[] quantization, int restart, string where)
    {
        var bits = new JpegBits(bytes, at, where);
        Span<int> predictions = stackalloc int[scan.Members.Length];
        predictions.Clear();

        // A scan of one component goes through its own blocks; several are cut into units that hold all of them.
        bool isAlone = scan.Members.Length == 1;
        JpegComponent first = scan.Members[0].Component;
        int columns = isAlone ? Blocks(first.Width) : Ceiling(header.Width, 8 * header.MostHorizontal);
        int rows = isAlone ? Blocks(first.Height) : Ceiling(header.Height, 8 * header.MostVertical);
        for (int unit = 0; unit < columns * rows; unit++)
        {
            if (restart > 0 && unit > 0 && unit % restart == 0)
            {
                bits.Restart((unit / restart) - 1);
                predictions.Clear();
            }

            for (int member = 0; member < scan.Members.Length; member++)
            {
                (JpegComponent component, JpegHuffmanTable dc, JpegHuffmanTable? ac) = scan.Members[member];
                ushort[] steps = quantization[component.Quantization] ?? throw JpegRefusals.Damaged(where, "a quantization table of its JPEG data is missing");
                (int wide, int high) = isAlone ? (1, 1) : (component.Horizontal, component.Vertical);
                for (int block = 0; block < wide * high; block++)
                {
                    int left = 8 * (((unit % columns) * wide) + (block % wide));
                    int top = 8 * (((unit / columns) * high) + (block / wide));
                    DecodeBlock(ref bits, component, (dc, ac!), steps, ref predictions[member], (top * component.Stride) + left, header.Precision, where);
                }
            }
        }

        return bits.Position;
    }

    private static void DecodeBlock(
        ref JpegBits bits, JpegComponent component, (JpegHuffmanTable Dc, JpegHuffmanTable Ac) tables, ushort[] steps, ref int prediction, int at, int precision, string where)
    {
        Span<long> coefficients = stackalloc long[64];
        coefficients.Clear();
        int category = tables.Dc.Take(ref bits, where);
        if (category > 15)
        {
            throw JpegRefusals.Damaged(where, "its JPEG data hold an impossible difference");
        }

        prediction += bits.TakeDifference(category);
        coefficients[0] = (long)prediction * steps[0];
        for (int k = 1; k < 64; k++)
        {
            int symbol = tables.Ac.Take(ref bits, where);
            int size = symbol & 15;
            int zeros = symbol >> 4;
            if (size == 0)
            {
                if (zeros != 15)
                {
                    break; // the rest is zero
                }

                k += 15;
                continue;
            }

            k += zeros;
            if (k > 63)
            {
                throw JpegRefusals.Damaged(where, "its JPEG data hold a block with too many coefficients");
            }

            coefficients[ZigZag[k]] = (long)bits.TakeDifference(size) * steps[k];
        }

        JpegInverseDct.Transform(coefficients, component.Plane, at, component.Stride, precision);
    }

    private static int Blocks(int samples) => Ceiling(samples, 8);

    private static int Ceiling(int size, int whole) => (size + whole - 1) / whole;
}
