namespace MedTune.Graphs.Operators;

/// <summary>What an optional value holds; of a tensor, which needs no such question, itself.</summary>
internal sealed class OptionalGetElement : PresentValue
{
    public override string Name => "OptionalGetElement";
}
