"""Programs with PyTorch's layers, losses and optimizers; what they print is compared with PyTorch itself."""

HEAD = """import torch
from torch import nn
import torch.nn.functional as F
torch.set_default_dtype(torch.float64)
def fill(module):
    with torch.no_grad():
        for p in module.parameters():
            p.copy_(torch.linspace(-0.5, 0.7, p.numel()).reshape(p.shape))
    return module
def show(module, x, *more):
    x = x.clone().requires_grad_()
    y = module(x, *more)
    print(y.tolist())
    (y * torch.linspace(0.3, 1.1, y.numel()).reshape(y.shape)).sum().backward()
    print(x.grad.tolist())
    for name, p in module.named_parameters():
        print(name, p.grad.tolist())
rows = torch.tensor([[0.5, -1.0, 2.0], [1.5, 0.3, -0.7]])
image = torch.sin(torch.arange(2 * 2 * 5 * 6) * 0.37).reshape(2, 2, 5, 6)
"""
LAYERS = {
    "linear": "show(fill(nn.Linear(3, 2)), rows)",
    "lazy linear": "m = nn.LazyLinear(2)\nm(rows)\nshow(fill(m), rows)",
    "first weights": (
        "m = nn.Linear(3, 2)\nnn.init.constant_(m.weight, 0.5)\nnn.init.zeros_(m.bias)\nshow(m, rows)\n"
        "def begin(m):\n    if isinstance(m, nn.Linear):\n        nn.init.eye_(m.weight)\n"
        "        nn.init.ones_(m.bias)\n"
        "net = nn.Sequential(nn.Linear(3, 3), nn.Tanh())\nnet.apply(begin)\nprint(net(rows).tolist())\n"
        "big = nn.Linear(300, 200)\nnn.init.xavier_uniform_(big.weight)\n"
        "print(round(big.weight.abs().max().item(), 2), round(nn.init.calculate_gain('tanh'), 6))\n"
        "nn.init.kaiming_normal_(big.weight, nonlinearity='relu')\nprint(round(big.weight.std().item(), 2))"
    ),
    "linear without bias": "m = fill(nn.Linear(3, 2, bias=False))\nprint(m.bias, m.in_features)\nshow(m, rows)",
    "sequential": "m = fill(nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 1)))\nprint(m)\nshow(m, rows)",
    "embedding": (
        "m = fill(nn.Embedding(4, 2))\ny = m(torch.tensor([[0, 2], [3, 2]]))\nprint(y.tolist())\n"
        "(y**2).sum().backward()\nprint(m.weight.grad.tolist())"
    ),
    "layer norm": "show(fill(nn.LayerNorm(3)), rows)",
    "layer norm of two axes": "show(fill(nn.LayerNorm([5, 6], eps=1e-3)), image)",
    "layer norm without weights": "show(nn.LayerNorm(3, elementwise_affine=False), rows)",
    "batch norm": (
        "m = fill(nn.BatchNorm1d(3))\nshow(m, rows)\nprint(m.running_mean.tolist(), m.running_var.tolist())\n"
        "m.eval()\nprint(m(rows).tolist(), m.training)"
    ),
    "batch norm of images": "m = fill(nn.BatchNorm2d(2, momentum=0.3))\nshow(m, image)\nprint(m.running_var.tolist())",
    "convolution": "m = fill(nn.Conv2d(2, 3, 3))\nprint(m)\nshow(m, image)",
    "convolution with options": "show(fill(nn.Conv2d(2, 4, (3, 2), stride=2, padding=1, groups=2)), image)",
    "convolution with dilation": "show(fill(nn.Conv2d(2, 1, 3, padding='same', dilation=2, bias=False)), image)",
    "convolution of rows": "show(fill(nn.Conv1d(3, 2, 2, stride=1, padding=1)), torch.stack([rows, rows * 2], -1))",
    "max pooling": "show(nn.MaxPool2d(2), image)\nshow(nn.MaxPool2d(3, stride=2, padding=1), image)",
    "max pooling of equal numbers": "show(nn.MaxPool2d(2), torch.ones(1, 1, 4, 4))",
    "mean pooling": "show(nn.AvgPool2d(2), image)\nshow(nn.AvgPool2d((3, 2), stride=2, padding=1), image)",
    "mean pooling without padding": "show(nn.AvgPool2d(3, stride=2, padding=1, count_include_pad=False), image)",
    "pooling of rows": "show(nn.MaxPool1d(2), image[0])\nshow(nn.AvgPool1d(2), image[0])",
    "flatten": "show(nn.Flatten(), image)\nprint(tuple(nn.Flatten(0, 1)(image).shape), nn.Flatten())",
    "dropout": (
        "m = nn.Dropout(0.4)\nprint(m)\nprint(m.eval()(rows).tolist())\n"
        "print((nn.Dropout(0.0)(rows) == rows).all().item())"
    ),
    "activations": (
        "for m in [nn.ReLU(), nn.Tanh(), nn.Sigmoid(), nn.GELU(), nn.GELU(approximate='tanh'), nn.SiLU(), nn.ELU(), "
        "nn.SELU(), nn.ReLU6(), nn.LeakyReLU(), nn.LeakyReLU(0.2), nn.Softplus(), nn.Softsign(), nn.LogSigmoid(), "
        "nn.Hardtanh(), nn.Softmax(dim=1), nn.LogSoftmax(dim=-1), nn.Identity()]:\n    show(m, rows)"
    ),
    "mean squared error": (
        "x = rows.clone().requires_grad_()\nfor r in ['mean', 'sum']:\n    x.grad = None\n"
        "    loss = nn.MSELoss(reduction=r)(x, rows * 0.5 + 1)\n    loss.backward()\n"
        "    print(loss.item(), x.grad.tolist())\nprint(nn.MSELoss(reduction='none')(rows, rows + 1).tolist())"
    ),
    "losses of differences": (
        "x = rows.clone().requires_grad_()\n"
        "for loss_fn in [nn.L1Loss(), nn.SmoothL1Loss(), nn.SmoothL1Loss(beta=0.3), nn.HuberLoss(), "
        "nn.HuberLoss(delta=0.4), nn.L1Loss(reduction='sum')]:\n    x.grad = None\n"
        "    loss = loss_fn(x, rows * 0.5 + 0.1)\n    loss.backward()\n    print(loss.item(), x.grad.tolist())"
    ),
    "cross entropy": (
        "x = rows.clone().requires_grad_()\nlabels = torch.tensor([2, 0])\nweight = torch.tensor([0.2, 1.0, 3.0])\n"
        "for loss_fn in [nn.CrossEntropyLoss(), nn.CrossEntropyLoss(weight=weight), "
        "nn.CrossEntropyLoss(label_smoothing=0.1), nn.CrossEntropyLoss(ignore_index=0), "
        "nn.CrossEntropyLoss(reduction='sum'), nn.CrossEntropyLoss(weight=weight, label_smoothing=0.2)]:\n"
        "    x.grad = None\n    loss = loss_fn(x, labels)\n    loss.backward()\n"
        "    print(loss.item(), x.grad.tolist())\n"
        "print(nn.CrossEntropyLoss()(rows, torch.softmax(rows * 2, 1)).item())\n"
        "print(F.cross_entropy(rows, labels, reduction='none').tolist())\n"
        "print(nn.CrossEntropyLoss()(image[:, :, :2, 0], torch.tensor([[0, 1], [1, 0]])).item())"
    ),
    "negative log likelihood": (
        "x = torch.log_softmax(rows, 1).requires_grad_()\nloss = nn.NLLLoss(weight=torch.tensor([1.0, 2.0, 3.0]))"
        "(x, torch.tensor([2, 0]))\nloss.backward()\nprint(loss.item(), x.grad.tolist())"
    ),
    "binary cross entropy": (
        "x = rows.clone().requires_grad_()\ny = torch.tensor([[1.0, 0.0, 1.0], [0.0, 0.3, 1.0]])\n"
        "for loss_fn in [nn.BCEWithLogitsLoss(), nn.BCEWithLogitsLoss(pos_weight=torch.tensor([1.0, 2.0, 3.0])), "
        "nn.BCEWithLogitsLoss(weight=torch.tensor([1.0, 2.0, 3.0]), reduction='sum')]:\n    x.grad = None\n"
        "    loss = loss_fn(x, y)\n    loss.backward()\n    print(loss.item(), x.grad.tolist())\n"
        "p = torch.sigmoid(rows).requires_grad_()\nloss = nn.BCELoss()(p, y)\nloss.backward()\n"
        "print(loss.item(), p.grad.tolist())"
    ),
    "divergence": (
        "x = torch.log_softmax(rows, 1).requires_grad_()\nloss = nn.KLDivLoss(reduction='batchmean')"
        "(x, torch.softmax(rows * 2, 1))\nloss.backward()\nprint(loss.item(), x.grad.tolist())"
    ),
    "a module of one's own": """class Net(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.fc1 = nn.Linear(3, hidden)
        self.layers = nn.ModuleList([nn.Linear(hidden, hidden) for _ in range(2)])
        self.scale = nn.Parameter(torch.ones(1))
        self.register_buffer("shift", torch.tensor([0.5]))
    def forward(self, x):
        x = F.relu(self.fc1(x))
        for layer in self.layers:
            x = torch.tanh(layer(x))
        return x * self.scale + self.shift
net = fill(Net(2))
print(net)
print([(name, tuple(p.shape)) for name, p in net.named_parameters()])
print(list(net.state_dict().keys()), sum(p.numel() for p in net.parameters()))
print([name for name, _ in net.named_children()], [type(m).__name__ for m in net.modules()])
show(net, rows)
net.zero_grad()
print(net.fc1.weight.grad, net.training, net.eval().training, net.layers[1].training)
other = Net(2)
other.load_state_dict(net.state_dict())
print(torch.equal(other(rows), net(rows)), isinstance(net, nn.Module), isinstance(net.fc1, nn.Linear))
""",
}
DESCENT = """torch.manual_seed(0)
m = fill(nn.Sequential(nn.Linear(3, 2), nn.Tanh(), nn.Linear(2, 1)))
optimizer = {optimizer}
{before}for step in range(4):
    optimizer.zero_grad()
    loss = nn.MSELoss()(m(rows), torch.tensor([[1.0], [-0.5]]))
    loss.backward()
    optimizer.step()
    {after}
    print(loss.item())
for p in m.parameters():
    print(p.tolist())
"""
OPTIMIZERS = (
    "SGD(m.parameters(), lr=0.1)", "SGD(m.parameters(), 0.1, momentum=0.9)",
    "SGD(m.parameters(), lr=0.1, momentum=0.9, nesterov=True)",
    "SGD(m.parameters(), lr=0.1, momentum=0.8, dampening=0.3, weight_decay=0.05)",
    "SGD([{'params': m[0].parameters(), 'lr': 0.2}, {'params': m[2].parameters()}], lr=0.1)",
    "SGD(m.parameters(), lr=0.1, maximize=True)",
    "Adam(m.parameters(), lr=0.05)", "Adam(m.parameters(), lr=0.05, betas=(0.8, 0.9), weight_decay=0.1)",
    "Adam(m.parameters(), lr=0.05, amsgrad=True)", "AdamW(m.parameters(), lr=0.05)",
    "AdamW(m.parameters(), lr=0.05, weight_decay=0.2)", "RMSprop(m.parameters(), lr=0.05)",
    "RMSprop(m.parameters(), lr=0.05, alpha=0.9, momentum=0.5, weight_decay=0.1)",
    "RMSprop(m.parameters(), lr=0.05, centered=True)", "Adagrad(m.parameters(), lr=0.1)",
    "Adagrad(m.parameters(), lr=0.1, lr_decay=0.1, weight_decay=0.1)",
)
SCHEDULES = (
    "StepLR(optimizer, step_size=2, gamma=0.5)", "ExponentialLR(optimizer, gamma=0.8)",
    "MultiStepLR(optimizer, milestones=[1, 3], gamma=0.1)", "LambdaLR(optimizer, lambda epoch: 0.9 ** epoch)",
    "CosineAnnealingLR(optimizer, T_max=4)", "LinearLR(optimizer, start_factor=0.5, total_iters=3)",
)
TEXTS = {name: HEAD + text + "\n" for name, text in LAYERS.items()}
TEXTS |= {
    one: HEAD + DESCENT.format(optimizer=f"torch.optim.{one}", before="", after="pass") for one in OPTIMIZERS
}
TEXTS |= {
    one: HEAD + DESCENT.format(
        optimizer="torch.optim.SGD(m.parameters(), lr=0.2)",
        before=f"scheduler = torch.optim.lr_scheduler.{one}\n",
        after="scheduler.step(); print(scheduler.get_last_lr(), optimizer.param_groups[0]['lr'])",
    ) for one in SCHEDULES
}  # fmt: skip
