using System.Collections.Immutable;
using MedTune.Graphs.Operators;
using MedTune.Tensors;

namespace MedTune.Graphs;

/// <summary>
/// Any graph as something to train: its weights chosen by name, Dropout dropping, normalization on batches where it trains; and the graph it
/// came from, into which the trained weights go back while everything else stays as it was.
/// </summary>
public sealed class TrainableModel
{
    private readonly Graph _source;
    private readonly ImmutableDictionary<string, Node> _constants;

    private TrainableModel(Graph source, Graph training, ImmutableArray<string> parameters, ImmutableArray<RunningStatistic> running, ImmutableDictionary<string, Node> constants)
    {
        _source = source;
        _constants = constants;
        Graph = training;
        Parameters = parameters;
        Running = running;
    }

    /// <summary>
    /// The graph to append a loss to: the same values under the same names, with the outputs of <see cref="Running"/> behind its own. Its Dropouts ask for
    /// <see cref="TrainingForm.Seed"/> and <see cref="TrainingForm.Step"/>.
    /// </summary>
    public Graph Graph { get; }

    /// <summary>The weights that move, in ordinal order: initializers of <see cref="Graph"/>.</summary>
    public ImmutableArray<string> Parameters { get; }

    /// <summary>The running statistics that move beside them.</summary>
    public ImmutableArray<RunningStatistic> Running { get; }

    /// <summary>Everything that changes between steps: for <see cref="PlanOptions.Mutable"/>.</summary>
    public ImmutableHashSet<string> Mutable => Parameters.Concat(Running.Select(statistic => statistic.Initializer)).ToImmutableHashSet(StringComparer.Ordinal);

    /// <summary>Makes a graph trainable.</summary>
    /// <param name="source">A graph as it predicts, read from a file or built.</param>
    /// <param name="choice">What moves; every weight by default.</param>
    /// <exception cref="InvalidGraphException">
    /// Nothing fits the patterns, a full name is no weight, a Dropout's ratio depends on the data, or two normalizations share their statistics.
    /// </exception>
    public static TrainableModel Of(Graph source, TrainingChoice? choice = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        choice ??= new TrainingChoice();

        // A Constant node is a stored tensor, too; as an initializer it can move. What no output needs cannot be trained.
        var live = DeadNodes.Remove(source);
        var constants = live.Nodes.Where(node => node is { OpType: "Constant", Domain: "" }).ToImmutableDictionary(node => node.Outputs[0], StringComparer.Ordinal);
        var training = live with
        {
            Nodes = live.Nodes.RemoveAll(node => constants.ContainsKey(node.Outputs[0])),
            Initializers = live.Initializers.AddRange(constants.Select(pair => KeyValuePair.Create(pair.Key, Constant.TensorOf(pair.Value)))),
        };
        var parameters = WeightChoice.Select(training, choice);
        var (normalized, running) = choice.UsesBatchStatistics ? BatchForm.Of(training, parameters) : (training, []);
        return new TrainableModel(source, TrainingForm.Of(normalized), parameters, running, constants);
    }

    /// <summary>Compiles <see cref="Graph"/>, or one made of it, with the gradients of all <see cref="Parameters"/>.</summary>
    /// <param name="withLoss">The training graph with a loss appended.</param>
    /// <param name="loss">The loss's name: a Float of one element.</param>
    /// <param name="options">Dimensions and threads; mutable initializers are added.</param>
    /// <returns>A plan whose outputs <see cref="Gradients.NameOf"/> hold the gradients.</returns>
    /// <exception cref="InvalidGraphException">The loss does not depend on a parameter, or an operator on the way has no gradient.</exception>
    public ExecutionPlan Compile(Graph withLoss, string loss, PlanOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options = options with { Mutable = options.Mutable.Union(Mutable) };
        return ExecutionPlan.Compile(Gradients.Build(withLoss, loss, Parameters, options), options);
    }

    /// <summary>After a run, moves the running statistics: what the run gave for them is what the next one starts from. Allocates nothing.</summary>
    public void KeepRunning(ExecutionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        foreach (var statistic in Running)
        {
            plan.Output<float>(statistic.Output).CopyTo(plan.Initializer<float>(statistic.Initializer));
        }
    }

    /// <summary>What the parameters and running statistics of a plan hold now, by name.</summary>
    public ImmutableSortedDictionary<string, Tensor> Read(ExecutionPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Mutable.ToImmutableSortedDictionary(
            name => name,
            name => (Tensor)Tensor.Create<float>(plan.ShapeOf(name), plan.Initializer<float>(name)),
            StringComparer.Ordinal);
    }

    /// <summary>The graph this one was made of with other values: names, order, attributes, text and metadata are those of the original.</summary>
    /// <param name="values">New values by name, of the old type and shape; those not named stay.</param>
    /// <exception cref="InvalidGraphException">A name is no initializer and no Constant node, or type or shape differ.</exception>
    public Graph Export(IEnumerable<KeyValuePair<string, Tensor>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var all = values.ToArray();
        var moved = all.Where(pair => _constants.ContainsKey(pair.Key)).ToDictionary(StringComparer.Ordinal);
        foreach (var (name, tensor) in moved)
        {
            var old = Constant.TensorOf(_constants[name]);
            if (old.Type != tensor.Type || old.Shape != tensor.Shape)
            {
                throw new InvalidGraphException($"Constant '{name}' is {old.Type}{old.Shape}; it cannot become {tensor.Type}{tensor.Shape}.");
            }
        }

        var graph = _source.WithInitializers(all.Where(pair => !moved.ContainsKey(pair.Key)));
        return moved.Count == 0 ? graph : graph with
        {
            Nodes = [.. _source.Nodes.Select(node => node.Outputs.Length == 1 && moved.TryGetValue(node.Outputs[0], out var tensor)
                ? node with { Attributes = Attributes.None.With("value", tensor) }
                : node)],
        };
    }
}
