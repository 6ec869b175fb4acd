namespace MedTune.Graphs.Operators;

/// <summary>An optional value that holds the input.</summary>
internal sealed class Optional : PresentValue
{
    public override string Name => "Optional";
}
