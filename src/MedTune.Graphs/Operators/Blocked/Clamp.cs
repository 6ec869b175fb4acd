namespace MedTune.Graphs.Operators;

/// <summary>Bounds that a blocked operator applies to what it stores, so that a Relu or Clip costs no sweep of its own.</summary>
internal static class Clamp
{
    /// <summary>The bounds of a node; infinite where it has none.</summary>
    public static (float Minimum, float Maximum) Of(Attributes attributes) =>
        (attributes.Float("minimum", float.NegativeInfinity), attributes.Float("maximum", float.PositiveInfinity));

    /// <summary>Whether a node has bounds already.</summary>
    public static bool IsSet(Attributes attributes) => attributes.Has("minimum") || attributes.Has("maximum");

    /// <summary>The attributes with bounds.</summary>
    public static Attributes With(Attributes attributes, float minimum, float maximum) => attributes.With("minimum", minimum).With("maximum", maximum);
}
