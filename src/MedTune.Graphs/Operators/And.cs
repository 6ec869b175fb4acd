namespace MedTune.Graphs.Operators;

/// <summary>Both hold, broadcast.</summary>
internal sealed class And : LogicOperator
{
    public override string Name => "And";

    public override Action Compile(KernelContext context) => Pairs<bool, Rule>(context);

    private readonly struct Rule : IRule<bool>
    {
        public static bool Holds(bool x, bool y) => x & y;
    }
}
