namespace MedTune.Graphs.Operators;

/// <summary>At least one holds, broadcast.</summary>
internal sealed class Or : LogicOperator
{
    public override string Name => "Or";

    public override Action Compile(KernelContext context) => Pairs<bool, Rule>(context);

    private readonly struct Rule : IRule<bool>
    {
        public static bool Holds(bool x, bool y) => x | y;
    }
}
