namespace MedTune.Data.Images;

/// <summary>Shows a grey frame: modality values, then a window or a lookup table, then inversion (PS3.4, annex N).</summary>
internal static class DicomGrey
{
    private const float White = 255;
    private const uint ModalityTables = 0x0028_3000;
    private const uint TableDescriptor = 0x0028_3002;
    private const uint TableData = 0x0028_3006;
    private const uint WindowTables = 0x0028_3010;

    public static DicomPicture Show(DicomFile file, DicomFrame frame, int number, DicomDisplayOptions options)
    {
        SortedSet<string> findings = new(frame.Findings, StringComparer.Ordinal);
        DicomDataSet dataSet = file.DataSet;
        Func<long, double> modality = Modality(dataSet, frame.Description, number, findings);
        (long Low, long High)? padding = Padding(dataSet, frame.Description);
        (long low, long high) = Range(frame, padding);
        (DicomWindowSource source, DicomWindow? window, Func<double, double> brightness) = Choose(dataSet, frame, number, options, findings)
            ?? FullRange(modality(low), modality(high));

        bool isInverted = frame.Description.Photometric == DicomPhotometric.Monochrome1;
        float Shade(long value)
        {
            var shade = (float)brightness(modality(value));
            return White * (isInverted ? 1 - shade : shade);
        }

        float[] samples = Map(frame, low, high, padding, Shade);
        return new DicomPicture(new PixelImage(frame.Width, frame.Height, 1, samples, 0, White), source, window, file.Header.PixelAspect, [.. findings]);
    }

    // Where there are fewer values than pixels, each value's shade is worked out once. Padding is background: black.
    private static float[] Map(DicomFrame frame, long low, long high, (long Low, long High)? padding, Func<long, float> shade)
    {
        var samples = new float[frame.Samples.Length];
        float[]? shades = high - low < samples.Length ? [.. Enumerable.Range(0, (int)(high - low + 1)).Select(i => shade(low + i))] : null;
        for (int i = 0; i < samples.Length; i++)
        {
            long value = frame.ValueAt(i);
            samples[i] = IsPadding(value, padding) ? 0 : shades is not null ? shades[value - low] : shade(value);
        }

        return samples;
    }

    private static bool IsPadding(long value, (long Low, long High)? padding) => padding is { } range && value >= range.Low && value <= range.High;

    private static (long Low, long High) Range(DicomFrame frame, (long Low, long High)? padding)
    {
        (long low, long high) = (long.MaxValue, long.MinValue);
        for (int i = 0; i < frame.Samples.Length; i++)
        {
            long value = frame.ValueAt(i);
            if (!IsPadding(value, padding))
            {
                (low, high) = (Math.Min(low, value), Math.Max(high, value));
            }
        }

        return low > high ? (0, 0) : (low, high);
    }

    private static (long Low, long High)? Padding(DicomDataSet dataSet, DicomPixelDescription description)
    {
        long? Value(uint tag) => dataSet.UInt16(tag) is { } value ? (description.IsSigned ? (short)value : value) : null;
        return Value(0x0028_0120) is { } padding
            ? Value(0x0028_0121) is { } limit ? (Math.Min(padding, limit), Math.Max(padding, limit)) : (padding, padding)
            : null;
    }

    private static Func<long, double> Modality(DicomDataSet dataSet, DicomPixelDescription description, int frame, SortedSet<string> findings)
    {
        if (DicomMacros.First(dataSet.Items(ModalityTables)) is { } item)
        {
            if (LookupTable.Read(item, TableDescriptor, TableData, description.IsSigned) is { } table)
            {
                return value => table[value];
            }

            findings.Add(DicomFindingCodes.UnreadableAttribute);
        }

        DicomDataSet source = DicomMacros.Find(dataSet, frame, 0x0028_9145) ?? dataSet;
        double slope = Number(source, 0x0028_1053, 1, findings);
        double intercept = Number(source, 0x0028_1052, 0, findings);
        if (slope == 0)
        {
            findings.Add(DicomFindingCodes.RescaleSlopeZero);
            slope = 1;
        }

        return value => (value * slope) + intercept;
    }

    private static double Number(DicomDataSet dataSet, uint tag, double absent, SortedSet<string> findings)
    {
        if (dataSet.Decimals(tag) is [double value, ..])
        {
            return value;
        }

        if (!DicomDataSet.Trim(dataSet.Bytes(tag)).IsEmpty)
        {
            findings.Add(DicomFindingCodes.UnreadableAttribute);
        }

        return absent;
    }

    /// <summary>The given window, the file's lookup table or the file's window, in this order; null where there is none to use.</summary>
    private static (DicomWindowSource, DicomWindow?, Func<double, double>)? Choose(
        DicomDataSet dataSet, DicomFrame frame, int number, DicomDisplayOptions options, SortedSet<string> findings)
    {
        if (options.Window is { } given)
        {
            return given.IsUsable
                ? (DicomWindowSource.Given, given, given.Brightness)
                : throw new ArgumentException("The given window has no usable center and width.", nameof(options));
        }

        if (options.IgnoresFileWindow)
        {
            return null;
        }

        DicomDataSet source = DicomMacros.Find(dataSet, number, 0x0028_9132) ?? dataSet;
        IReadOnlyList<DicomDataSet> tables = source.Items(WindowTables);
        if (tables.Count > 0)
        {
            if (LookupTable.Read(tables[Math.Clamp(options.WindowIndex, 0, tables.Count - 1)], TableDescriptor, TableData, frame.Description.IsSigned) is { } table)
            {
                double highest = Math.Max(table.Highest, table.Entries.Max());
                return (DicomWindowSource.FileTable, null, value => table[(long)Math.Clamp(Math.Round(value), -1e9, 1e9)] / highest);
            }

            findings.Add(DicomFindingCodes.WindowUnusable);
        }

        return FileWindow(source, options.WindowIndex, findings) is { } window ? (DicomWindowSource.File, window, window.Brightness) : null;
    }

    private static DicomWindow? FileWindow(DicomDataSet source, int index, SortedSet<string> findings)
    {
        const uint WindowCenter = 0x0028_1050;
        const uint WindowWidth = 0x0028_1051;
        if (!source.Has(WindowCenter) && !source.Has(WindowWidth))
        {
            return null;
        }

        DicomWindowFunction? function = source.Code(0x0028_1056) switch
        {
            null or "LINEAR" => DicomWindowFunction.Linear,
            "LINEAR_EXACT" => DicomWindowFunction.LinearExact,
            "SIGMOID" => DicomWindowFunction.Sigmoid,
            _ => null,
        };
        if (function is { } known && source.Decimals(WindowCenter) is { } centers && source.Decimals(WindowWidth) is { } widths)
        {
            int at = Math.Clamp(index, 0, Math.Min(centers.Length, widths.Length) - 1);
            var window = new DicomWindow(centers[at], widths[at], known);
            if (window.IsUsable)
            {
                return window;
            }
        }

        findings.Add(DicomFindingCodes.WindowUnusable);
        return null;
    }

    private static (DicomWindowSource, DicomWindow?, Func<double, double>) FullRange(double one, double other)
    {
        (double low, double high) = (Math.Min(one, other), Math.Max(one, other));
        DicomWindow window = DicomWindow.Over(low, high);
        return (DicomWindowSource.FullRange, window, window.IsUsable ? value => Math.Clamp((value - low) / (high - low), 0, 1) : _ => 0);
    }
}
