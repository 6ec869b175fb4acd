namespace MedTune.Graphs.Operators;

/// <summary>How a message names a node.</summary>
internal static class NodeErrors
{
    /// <summary>Operator name with its domain, as people write it.</summary>
    public static string Qualified(string domain, string opType) => domain.Length == 0 ? opType : $"{domain}.{opType}";

    /// <summary>One sentence that names the node by its name, or its first output.</summary>
    public static string Sentence(Node node, string detail)
    {
        string name = node.Name.Length > 0 ? node.Name : node.Outputs.FirstOrDefault(output => output.Length > 0, "unnamed");
        return $"Node '{name}' ({Qualified(node.Domain, node.OpType)}) is not valid: {detail}";
    }
}
