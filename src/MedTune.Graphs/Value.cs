namespace MedTune.Graphs;

/// <summary>A named value of a graph: an input, an initializer, or what a node gives.</summary>
/// <param name="Name">Unique within the graph; never empty.</param>
/// <param name="Type">Element type and shape as far as they are known.</param>
public readonly record struct Value(string Name, TensorType Type)
{
    /// <summary>For people: <c>x: Float[N, 13]</c>.</summary>
    public override string ToString() => $"{Name}: {Type}";
}
