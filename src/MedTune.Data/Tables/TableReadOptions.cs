namespace MedTune.Data;

/// <summary>What a person can state about a table file instead of leaving it to recognition. Null means recognize.</summary>
public sealed record TableReadOptions
{
    /// <summary>The most columns that are read: 20,000.</summary>
    public const int MaximumColumns = 20_000;

    /// <summary>The longest field that is read: 1 MiB of UTF-8.</summary>
    public const int MaximumFieldBytes = 1 << 20;

    /// <summary>The longest name of a column that is read: 1,000 letters.</summary>
    public const int MaximumNameLetters = 1000;

    /// <summary>The most cells that are read: 500 million (2 GB of codes).</summary>
    public const long MaximumCells = 500_000_000;

    /// <summary>Everything recognized from the content.</summary>
    public static TableReadOptions Default { get; } = new();

    /// <summary>UTF-8, UTF-16LE, UTF-16BE, GB18030 (or GBK), ISO-8859-1 (or Latin-1), Windows-1252. Default: null, recognized.</summary>
    public string? Encoding { get; init; }

    /// <summary>Comma, semicolon, tab or bar. Default: null, recognized.</summary>
    public char? Separator { get; init; }

    /// <summary>Point or comma. Default: null, recognized.</summary>
    public char? DecimalMark { get; init; }

    /// <summary>Refuses what is stated and not read here.</summary>
    /// <exception cref="DataException">The encoding, the separator or the decimal mark is none of those that are read.</exception>
    public void Check()
    {
        if (Encoding is not null)
        {
            _ = TextEncoding.Parse(Encoding);
        }

        if (Separator is { } separator && separator is not (',' or ';' or '\t' or '|'))
        {
            throw new DataException("The separator can be a comma, a semicolon, a tab or a bar (|).");
        }

        if (DecimalMark is { } mark && mark is not ('.' or ','))
        {
            throw new DataException("The decimal mark can be a point or a comma.");
        }
    }
}
