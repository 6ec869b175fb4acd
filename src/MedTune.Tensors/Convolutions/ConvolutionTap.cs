namespace MedTune.Tensors;

/// <summary>Numbers side by side that every window of a pass reads from a plane.</summary>
/// <param name="Row">Row, counted from the row where the window starts.</param>
/// <param name="Column">Column of the first number, counted likewise.</param>
/// <param name="Filter">The place in a filter's plane, row-major, that the first number is multiplied with.</param>
internal readonly record struct ConvolutionTap(int Row, int Column, int Filter);
