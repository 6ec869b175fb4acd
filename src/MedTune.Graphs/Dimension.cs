using System.Globalization;

namespace MedTune.Graphs;

/// <summary>One extent of a value inside a graph: a number, a name such as <c>N</c> (the batch), or unknown.</summary>
public readonly record struct Dimension
{
    private Dimension(int? value, string? symbol)
    {
        Value = value;
        Symbol = symbol;
    }

    /// <summary>The extent, when it is a number.</summary>
    public int? Value { get; }

    /// <summary>The name, when it is symbolic. Two dimensions of one name have one extent.</summary>
    public string? Symbol { get; }

    /// <summary>The number of samples, by convention named <c>N</c>.</summary>
    public static Dimension Batch { get; } = new(null, "N");

    /// <summary>An extent that only execution will tell.</summary>
    public static Dimension Unknown => default;

    /// <summary>A known extent.</summary>
    public static implicit operator Dimension(int value) => FromValue(value);

    /// <summary>A named extent.</summary>
    public static implicit operator Dimension(string symbol) => FromSymbol(symbol);

    /// <summary>A known extent, at least 0.</summary>
    public static Dimension FromValue(int value)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        return new Dimension(value, null);
    }

    /// <summary>A named extent.</summary>
    public static Dimension FromSymbol(string symbol)
    {
        ArgumentException.ThrowIfNullOrEmpty(symbol);
        return new Dimension(null, symbol);
    }

    /// <summary>For people: <c>64</c>, <c>N</c> or <c>?</c>.</summary>
    public override string ToString() => Value?.ToString(CultureInfo.InvariantCulture) ?? Symbol ?? "?";
}
