namespace MedTune.Data;

/// <summary>Finds what stands between the fields from the start of a table.</summary>
internal static class SeparatorDetection
{
    /// <summary>How much of the text is looked at.</summary>
    public const int SampleBytes = 1 << 18;

    private const int SampleRecords = 500;

    /// <summary>The separators that are tried; where two fit alike, the earlier wins only if it gives more fields.</summary>
    private static readonly char[] Candidates = [',', ';', '\t', '|'];

    /// <summary>The separator under which the header and the rows agree best.</summary>
    /// <param name="sample">The start of the text in UTF-8.</param>
    /// <param name="isWhole">Whether the sample is the whole text, so that its last record is complete.</param>
    /// <param name="name">What messages call the file.</param>
    /// <exception cref="DataException">Two separators fit equally well.</exception>
    public static char Detect(byte[] sample, bool isWhole, string name)
    {
        var fits = new List<Fit>();
        foreach (char candidate in Candidates)
        {
            if (Measure(sample, candidate, isWhole, name) is { Fields: > 1 } fit)
            {
                fits.Add(fit);
            }
        }

        if (fits.Count == 0)
        {
            return ','; // one column
        }

        fits.Sort((a, b) => b.CompareTo(a));
        if (fits.Count > 1 && fits[0].CompareTo(fits[1]) == 0)
        {
            throw new DataException(
                $"{name} can be read as separated by {TableFormat.NameOf(fits[0].Separator)}s or by {TableFormat.NameOf(fits[1].Separator)}s ({fits[0].Fields} columns either way): say which with --separator, or quote the fields that hold the other one.");
        }

        return fits[0].Separator;
    }

    private static Fit Measure(byte[] sample, char separator, bool isWhole, string name)
    {
        var counts = new List<int>();
        try
        {
            using var records = new CsvRecords(new MemoryStream(sample), separator, name);
            while (counts.Count <= SampleRecords && records.Read())
            {
                if (!records.IsBlank)
                {
                    counts.Add(records.FieldCount);
                }
            }
        }
        catch (DataException)
        {
            // An open quote at the end of the sample; what came before still counts.
        }

        if (!isWhole && counts.Count > 1 && counts.Count <= SampleRecords)
        {
            counts.RemoveAt(counts.Count - 1); // cut off by the end of the sample
        }

        if (counts.Count == 0)
        {
            return new Fit(separator, 0, 0);
        }

        int fields = counts[0];
        int agreeing = counts.Count(count => count == fields);
        return new Fit(separator, fields, (double)agreeing / counts.Count);
    }

    /// <summary>Rows that agree with the header first, then the number of fields.</summary>
    private readonly record struct Fit(char Separator, int Fields, double Agreement) : IComparable<Fit>
    {
        public int CompareTo(Fit other)
        {
            int byAgreement = Agreement.CompareTo(other.Agreement);
            return byAgreement != 0 ? byAgreement : Fields.CompareTo(other.Fields);
        }
    }
}
