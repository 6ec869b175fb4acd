namespace MedTune.Graphs.Operators;

/// <summary>
/// One element of a list of whole numbers as far as it is known while building: a number, the name of an extent such as <c>N</c>, or neither.
/// It lets a symbolic batch size live through nodes that compute shapes.
/// </summary>
/// <param name="Value">The number, when it is known; it may be negative, as the -1 of Reshape.</param>
/// <param name="Symbol">The extent's name, when that is what is known.</param>
internal readonly record struct ShapeElement(long? Value, string? Symbol)
{
    /// <summary>What a dimension is worth as an element.</summary>
    public static ShapeElement Of(Dimension dimension) => new(dimension.Value, dimension.Symbol);

    /// <summary>The element as an extent; unknown when it is negative or too large for one.</summary>
    public Dimension ToDimension() =>
        Value is >= 0 and <= int.MaxValue ? (int)Value.Value :
        Symbol is not null ? Symbol : Dimension.Unknown;
}
