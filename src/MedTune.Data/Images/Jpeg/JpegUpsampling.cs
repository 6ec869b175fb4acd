namespace MedTune.Data.Images;

/// <summary>Brings the planes of a JPEG picture to its full size.</summary>
/// <remarks>Halved planes are drawn out with a triangle filter (three quarters of the nearer sample, one quarter of the farther), with the IJG library's
/// alternating rounding, so that both give the same samples; other ratios repeat samples.</remarks>
internal static class JpegUpsampling
{
    /// <summary>Writes a component into its place of the samples [height, width, components].</summary>
    public static void Write(JpegHeader header, int channel, int[] samples, string where)
    {
        JpegComponent component = header.Components[channel];
        (int across, int acrossRest) = Math.DivRem(header.MostHorizontal, component.Horizontal);
        (int down, int downRest) = Math.DivRem(header.MostVertical, component.Vertical);
        if (acrossRest != 0 || downRest != 0)
        {
            throw JpegRefusals.Unsupported(where, "a JPEG picture with components of uneven sampling");
        }

        bool isSmooth = (across, down) is (2, 1) or (2, 2) ? component.Width > 2 : (across, down) is (1, 2);
        int channels = header.Components.Length;
        for (int row = 0; row < header.Height; row++)
        {
            int near = Math.Min(row / down, component.Height - 1);
            Span<int> target = samples.AsSpan(row * header.Width * channels, header.Width * channels);
            ReadOnlySpan<ushort> nearRow = component.Plane.AsSpan(near * component.Stride, component.Stride);
            if (!isSmooth)
            {
                for (int column = 0; column < header.Width; column++)
                {
                    target[(column * channels) + channel] = nearRow[column / across];
                }

                continue;
            }

            bool isUpper = row % down == 0;
            int far = down == 1 ? near : Math.Clamp(isUpper ? near - 1 : near + 1, 0, component.Height - 1);
            ReadOnlySpan<ushort> farRow = component.Plane.AsSpan(far * component.Stride, component.Stride);
            switch (across, down)
            {
                case (2, 1):
                    Across(nearRow, component.Width, target, channel, channels);
                    break;
                case (2, 2):
                    Both(nearRow, farRow, component.Width, target, channel, channels);
                    break;
                default:
                    Down(nearRow, farRow, isUpper ? 1 : 2, header.Width, target, channel, channels);
                    break;
            }
        }
    }

    // left: (3 near + previous + 1) / 4, right: (3 near + next + 2) / 4; the outermost samples stay as they are.
    private static void Across(ReadOnlySpan<ushort> row, int width, Span<int> target, int channel, int channels)
    {
        for (int column = 0; column < target.Length / channels; column++)
        {
            int near = column / 2;
            bool isLeft = column % 2 == 0;
            int far = isLeft ? near - 1 : near + 1;
            target[(column * channels) + channel] = far < 0 || far >= width
                ? row[near]
                : ((3 * row[near]) + row[far] + (isLeft ? 1 : 2)) >> 2;
        }
    }

    // The same in both directions: sums of 3 near + far rows, then left (3 near + previous + 8) / 16, right (3 near + next + 7) / 16.
    private static void Both(ReadOnlySpan<ushort> nearRow, ReadOnlySpan<ushort> farRow, int width, Span<int> target, int channel, int channels)
    {
        for (int column = 0; column < target.Length / channels; column++)
        {
            int near = column / 2;
            bool isLeft = column % 2 == 0;
            int far = Math.Clamp(isLeft ? near - 1 : near + 1, 0, width - 1);
            int nearSum = (3 * nearRow[near]) + farRow[near];
            int farSum = (3 * nearRow[far]) + farRow[far];
            target[(column * channels) + channel] = ((3 * nearSum) + farSum + (isLeft ? 8 : 7)) >> 4;
        }
    }

    private static void Down(ReadOnlySpan<ushort> nearRow, ReadOnlySpan<ushort> farRow, int rounding, int width, Span<int> target, int channel, int channels)
    {
        for (int column = 0; column < width; column++)
        {
            target[(column * channels) + channel] = ((3 * nearRow[column]) + farRow[column] + rounding) >> 2;
        }
    }
}
