namespace MedTune.Graphs.Operators;

/// <summary>Bounds that a blocked operator applies to what it stores, so that a Relu or Clip costs no sweep of its own.</summary>
internal static class Clamp
{
    /// <summary>The bounds of a node; infinite where it has none.</summary>
    /// <param name="attributes">The node's attributes.</param>
    /// <param name="prefix">Before the bounds' names, where a node has several.</param>
    public static (float Minimum, float Maximum) Of(Attributes attributes, string prefix = "") =>
        (attributes.Float(prefix + "minimum", float.NegativeInfinity), attributes.Float(prefix + "maximum", float.PositiveInfinity));

    /// <summary>Whether a node has bounds already.</summary>
    public static bool IsSet(Attributes attributes) => attributes.Has("minimum") || attributes.Has("maximum");

    /// <summary>The attributes with bounds.</summary>
    public static Attributes With(Attributes attributes, float minimum, float maximum, string prefix = "") =>
        attributes.With(prefix + "minimum", minimum).With(prefix + "maximum", maximum);
}
