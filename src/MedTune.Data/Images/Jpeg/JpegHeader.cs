namespace MedTune.Data.Images;

/// <summary>What a JPEG picture's frame header says (ITU-T T.81, B.2.2).</summary>
internal sealed class JpegHeader
{
    public required int Precision { get; init; }

    public required int Width { get; init; }

    public required int Height { get; init; }

    public required bool IsLossless { get; init; }

    public required JpegComponent[] Components { get; init; }

    public int MostHorizontal => Components.Max(component => component.Horizontal);

    public int MostVertical => Components.Max(component => component.Vertical);

    /// <summary>Reads the segment of a frame header and makes room for the samples, after holding its claims against the bytes that follow.</summary>
    public static JpegHeader Read(ReadOnlySpan<byte> segment, bool isLossless, bool isBaseline, int bytesLeft, string where)
    {
        if (segment.Length < 6 || segment.Length < 6 + (3 * segment[5]))
        {
            throw JpegRefusals.Damaged(where, "its JPEG header is too short");
        }

        (int precision, int height, int width, int count) = (segment[0], (segment[1] << 8) | segment[2], (segment[3] << 8) | segment[4], segment[5]);
        bool isPrecisionKnown = isLossless ? precision is >= 2 and <= 16 : precision == 8 || (precision == 12 && !isBaseline);
        if (!isPrecisionKnown || width == 0 || height == 0 || count is not (1 or 3))
        {
            throw JpegRefusals.Unsupported(where, $"a JPEG picture of {width} x {height} pixels with {count} components of {precision} bits");
        }

        var components = new JpegComponent[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = segment[(6 + (3 * i))..];
            components[i] = new JpegComponent(entry[0], entry[1] >> 4, entry[1] & 15, entry[2]);
            if (components[i].Horizontal is < 1 or > 4 || components[i].Vertical is < 1 or > 4 || components[i].Quantization > 3)
            {
                throw JpegRefusals.Damaged(where, "its JPEG header has an impossible sampling");
            }
        }

        var header = new JpegHeader { Precision = precision, Width = width, Height = height, IsLossless = isLossless, Components = components };
        header.Allocate(bytesLeft, where);
        return header;
    }

    private void Allocate(int bytesLeft, string where)
    {
        long cells = 0;
        int block = IsLossless ? 1 : 8;
        foreach (JpegComponent component in Components)
        {
            (component.Width, component.Height) = (Share(Width, component.Horizontal, MostHorizontal), Share(Height, component.Vertical, MostVertical));
            component.Stride = Share(Width, 1, block * MostHorizontal) * block * component.Horizontal;
            cells += (long)component.Stride * (Share(Height, 1, block * MostVertical) * block * component.Vertical);
        }

        // A block takes two bits or more, a sample of a lossless picture one.
        long most = IsLossless ? 8L * bytesLeft : 4L * 64 * bytesLeft;
        if (cells > DicomRefusals.LargestFrame || cells > most)
        {
            throw JpegRefusals.Damaged(where, $"its JPEG header claims {Width} x {Height} pixels, more than its bytes can hold");
        }

        if (!IsLossless)
        {
            foreach (JpegComponent component in Components)
            {
                component.Plane = new ushort[component.Stride * (Share(Height, 1, 8 * MostVertical) * 8 * component.Vertical)];
            }
        }
    }

    /// <summary>ceil(size * part / whole).</summary>
    private static int Share(int size, int part, int whole) => ((size * part) + whole - 1) / whole;
}
