using MedTune.Tensors;

namespace MedTune.Graphs.Execution;

/// <summary>Where a value lives while a plan runs.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Element">What is stored: in a double plan Float values are stored as Double.</param>
/// <param name="Shape">Its concrete shape.</param>
internal sealed record PlanValue(string Name, ElementType Element, Shape Shape)
{
    /// <summary>The place of the first element; 0 for strings and for values of which only the shape is used.</summary>
    public nint Address { get; set; }

    /// <summary>The elements of a string value.</summary>
    public string[]? Strings { get; set; }
}
